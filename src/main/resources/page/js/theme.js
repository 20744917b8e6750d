// Applies the theme of the address (?theme=dark) or the one that the reader chose earlier, and reserves the space of the feature
// or table that the address names. It is a classic script in the head, because a module would run after the first paint.
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
  if (location.hash === '#candidates') {
    document.documentElement.dataset.opens = 'candidates';
  } else if (/^#[a-z-]+[/=]/.test(location.hash)) {
    document.documentElement.dataset.opens = 'feature';
  }
})();
