// Applies the theme of the address (?theme=dark) or the one that the reader chose earlier. It is a classic script in the
// head, because a module would run after the first paint.
(() => {
  const requested = new URLSearchParams(location.search).get('theme');
  let saved = null;
  try {
    saved = localStorage.getItem('theme');
  } catch {
    // an embedding page can forbid storage
  }
  const theme = requested ?? saved;
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
})();
