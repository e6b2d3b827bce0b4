// Watches what Studio asks our server, so that our bar can follow: Studio itself tells nobody what it saved or opened.

const api = `${location.origin}/elsa/api/`;

/**
 * Calls the listener that fits: `saved`; `opened` with definition and version; `described` with the activities; `refused` when the
 * token is no longer good; `asked` with the address of the page where a publication that gives something away is confirmed; `doubted`
 * with the address of the page where one proves who one is before one publishes.
 */
export function watchStudio({ saved, opened, described, refused, asked, doubted }) {
  const original = window.fetch;
  window.fetch = async (input, init) => {
    const answer = await original(input, init);
    const address = typeof input === 'string' ? input : input.url ?? String(input);
    if (!address.startsWith(api)) return answer;
    const path = new URL(address).pathname.slice('/elsa/api/'.length);
    const method = (init?.method ?? input.method ?? 'GET').toUpperCase();
    if (answer.status === 401) refused();
    else if (answer.status === 400 && method !== 'GET' && changesDefinition.test(path)) read(answer, one => one.confirmAt ? asked(one.confirmAt) : one.proveAt && doubted(one.proveAt));
    else if (answer.ok && method !== 'GET' && changesDefinition.test(path)) saved();
    else if (answer.ok && method === 'GET' && showsDefinition.test(path)) read(answer, one => one.definitionId && opened(one.definitionId, one.version ?? one.definitionVersion));
    else if (answer.ok && path === 'descriptors/activities') read(answer, one => described(one.items));
    return answer;
  };
}

const changesDefinition = /^(workflow-definitions(\/import|\/[^/]+\/(publish|retract|revert\/\d+))?|bulk-actions\/publish\/.+)$/;
const showsDefinition = /^(workflow-definitions\/(by-id|by-definition-id)\/.+|workflow-instances\/[^/]+)$/;

async function read(answer, use) {
  use(await answer.clone().json());
}
