// Draws from @tabler/icons (MIT): wwwroot/vendor/icons.svg, one <symbol> per name in icons.json, and
// wwwroot/vendor/activity-icons.css, the icon and colour of each of our activities, which Studio does not know.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const read = name => JSON.parse(readFileSync(new URL(name, import.meta.url)));
const pathsOf = name => readFileSync(new URL(`node_modules/@tabler/icons/icons/outline/${name}.svg`, import.meta.url), 'utf8')
  .match(/<path[^>]*?d="[^"]+"[^>]*?\/>/g)
  .filter(path => !path.includes('M0 0h24v24H0z'))
  .map(path => `<path d="${path.match(/ d="([^"]+)"/)[1]}"/>`)
  .join('');

const target = new URL('../wwwroot/vendor/', import.meta.url);
mkdirSync(target, { recursive: true });

const symbols = read('icons.json').map(name => `<symbol id="i-${name}" viewBox="0 0 24 24">${pathsOf(name)}</symbol>`);
writeFileSync(new URL('icons.svg', target), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>\n`);

const drawn = name => encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="1.75" stroke-linecap="round" ' +
  `stroke-linejoin="round">${pathsOf(name)}</svg>`);
const rules = Object.entries(read('activity-icons.json')).flatMap(([colour, icons]) => Object.entries(icons).map(([type, icon]) =>
  `[data-activity="CaseManagement.${type}"] { --activity-colour: var(--${colour === 'ink' ? 'fill' : colour}); --activity-icon: url("data:image/svg+xml,${drawn(icon)}"); }`));
writeFileSync(new URL('activity-icons.css', target), rules.join('\n') + '\n');
