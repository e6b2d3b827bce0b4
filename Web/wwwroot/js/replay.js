import { fill, one } from './dom.js';

// A replay tells how far it is and can be stopped; without script it answers with the whole page.
const form = one('form[data-replay]');

form?.addEventListener('submit', async event => {
  event.preventDefault();
  const running = one('[data-replay-running]', form);
  const [bar, said, stop] = [one('progress', running), one('[data-replay-said]', running), one('[data-replay-stop]', running)];
  const submit = one('button[type=submit]', form);
  const hangUp = new AbortController();
  const stopped = () => hangUp.abort();
  stop.addEventListener('click', stopped);
  [bar.value, said.textContent] = [0, ''];
  [running.hidden, stop.hidden, submit.disabled] = [false, false, true];
  try {
    const answer = await fetch(form.action, {
      method: 'POST', body: new FormData(form), headers: { Accept: 'application/x-ndjson' }, signal: hangUp.signal,
    });
    if (!answer.ok || !answer.headers.get('content-type')?.startsWith('application/x-ndjson')) {
      form.submit();
      return;
    }

    let html;
    for await (const line of linesOf(answer.body)) {
      const told = JSON.parse(line);
      if (told.html) html = told.html;
      else {
        [bar.max, bar.value] = [told.total || 1, told.done];
        said.textContent = fill(running.dataset.pattern, told.done, told.total);
      }
    }

    if (!html) throw new Error('broken');
    const result = document.getElementById('replay-result');
    result.innerHTML = html;
    result.focus();
    running.hidden = true;
  } catch {
    said.textContent = hangUp.signal.aborted ? running.dataset.stopped : running.dataset.broken;
    stop.hidden = true;
  } finally {
    submit.disabled = false;
    stop.removeEventListener('click', stopped);
  }
});

async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    yield* lines.filter(line => line);
  }
}
