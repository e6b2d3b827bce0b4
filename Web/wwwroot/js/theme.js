import { all, one } from './dom.js';

// Of two links the one to the other theme shows. It reloads with it; with script the page changes in place and the cookie is set here.
document.addEventListener('click', event => {
  const link = event.target.closest('[data-theme]');
  if (!link) return;
  event.preventDefault();
  const { theme } = link.dataset;
  const secure = location.protocol === 'https:' ? ';secure' : '';
  document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax${secure}`;
  one('#dark').media = theme === 'dark' ? 'screen' : 'not all';
  one('meta[name=color-scheme]').content = theme;
  all('[data-theme]').find(other => other !== link).focus();
});
