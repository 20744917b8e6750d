// Before anything is painted: who chose light or dark by hand gets that again. No module, which would come too late.
(() => {
  const asked = new URLSearchParams(location.search).get('theme');
  let kept = null;
  try {
    kept = localStorage.getItem('theme');
  } catch {
    // an embedding page may forbid it
  }
  const theme = asked ?? kept;
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
})();
