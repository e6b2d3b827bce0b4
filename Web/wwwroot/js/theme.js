// The link reloads with the other theme; with script the page changes in place and the cookie is set here.
document.addEventListener('click', event => {
  const link = event.target.closest('[data-theme-switch]');
  if (!link) return;
  event.preventDefault();
  const root = document.documentElement;
  const next = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
  const secure = location.protocol === 'https:' ? ';secure' : '';
  document.cookie = `theme=${next};path=/;max-age=31536000;samesite=lax${secure}`;
  root.dataset.bsTheme = next;
  const href = new URL(link.href);
  href.searchParams.set('theme', next === 'dark' ? 'light' : 'dark');
  link.href = href;
});
