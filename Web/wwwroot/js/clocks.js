import { all, fill, words } from './dom.js';

// Rewrites time left and time late each minute, for limits that count elapsed time. Badges stand outside live regions.
const minute = 60_000;

function amount(milliseconds, parts) {
  const total = Math.floor(Math.abs(milliseconds) / minute);
  const say = words();
  const pieces = [[Math.floor(total / 1440), say.days], [Math.floor(total / 60) % 24, say.hours], [total % 60, say.minutes]]
    .filter(([count]) => count > 0)
    .map(([count, pattern]) => fill(pattern, count));
  return pieces.slice(0, parts).join(' ') || fill(say.minutes, 0);
}

function refresh() {
  const now = serverNow();
  for (const text of all('.clk-t[data-due]:not([data-due=""])')) {
    const left = Date.parse(text.dataset.due) - now;
    const badge = text.closest('.clk');
    if (left < 0 && badge.dataset.state !== 'breached') {
      badge.dataset.state = 'breached';
      badge.querySelector('.visually-hidden').textContent = words().breached;
      const icon = badge.querySelector('use');
      icon.setAttribute('href', icon.getAttribute('href').replace(/#.*/, '#i-alert-octagon'));
      badge.querySelector('.clk-bar')?.remove();
    }
    text.textContent = fill(left < 0 ? words().late : words().left, amount(left, Number(text.dataset.parts)));
  }
}

// The server's time when it printed the page decides, not this machine's clock.
const offset = Date.parse(words().now) - Date.now();
const serverNow = () => Date.now() + offset;

setInterval(refresh, minute);
