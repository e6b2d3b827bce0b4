// Draws wwwroot/vendor/icons.svg: one <symbol> per name in icons.json, taken from @tabler/icons (MIT).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const names = JSON.parse(readFileSync(new URL('icons.json', import.meta.url)));
const symbols = names.map(name => {
  const file = new URL(`node_modules/@tabler/icons/icons/outline/${name}.svg`, import.meta.url);
  const paths = readFileSync(file, 'utf8').match(/<path[^>]*?d="[^"]+"[^>]*?\/>/g)
    .filter(path => !path.includes('M0 0h24v24H0z'))
    .map(path => `<path d="${path.match(/ d="([^"]+)"/)[1]}"/>`);
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${paths.join('')}</symbol>`;
});

const target = new URL('../wwwroot/vendor/', import.meta.url);
mkdirSync(target, { recursive: true });
writeFileSync(new URL('icons.svg', target), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>\n`);
