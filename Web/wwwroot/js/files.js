import { all, fill, one, onContent } from './dom.js';

// Files of a form: picked, dropped or pasted, listed, taken away again, and sent with a bar that shows how far, or (data-files=plain) as the browser sends a
// form. Without script the plain form sends them.
const megabyte = 1024 * 1024;
const sizeOf = bytes => bytes < megabyte ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / megabyte).toFixed(1)} MB`;

function attach(form) {
  const list = one('[data-picked]', form);
  const [input, ...others] = all('input[type=file]:not([data-field])', form);
  const picked = [];
  one('.fpick > .inp', form)?.classList.replace('inp', 'visually-hidden');

  const say = text => {
    const place = one('[data-files-error]', form);
    place.hidden = !text;
    one('span', place).textContent = text ?? '';
  };

  // what the form would send is what the list shows
  function show() {
    const held = new DataTransfer();
    picked.forEach(file => held.items.add(file));
    input.files = held.files;
    list.hidden = picked.length === 0;
    list.replaceChildren(...picked.map(file => {
      const row = document.createElement('li');
      const name = Object.assign(document.createElement('span'), { className: 'names', textContent: file.name });
      const size = Object.assign(document.createElement('span'), { className: 'dim num', textContent: sizeOf(file.size) });
      const remove = Object.assign(document.createElement('button'), { type: 'button', className: 'icon-btn', textContent: '×' });
      remove.setAttribute('aria-label', fill(list.dataset.remove, file.name));
      remove.addEventListener('click', () => {
        picked.splice(picked.indexOf(file), 1);
        say(null);
        show();
        (one('button', list) ?? input).focus();
      });
      row.append(name, size, remove);
      return row;
    }));
  }

  function add(files) {
    say(null);
    one('[name=Asked]', form)?.remove();
    for (const file of files) {
      if (file.size > form.dataset.maxBytes) { say(fill(list.dataset.tooLarge, file.name, Math.floor(form.dataset.maxBytes / megabyte))); continue; }
      if (picked.length >= form.dataset.maxFiles) { say(list.dataset.tooMany); break; }
      picked.push(file);
    }
    show();
  }

  for (const source of [input, ...others]) {
    source.addEventListener('change', () => {
      const chosen = [...source.files];
      source.value = '';
      add(chosen);
    });
  }

  const brings = event => [...event.dataTransfer?.types ?? []].includes('Files');
  form.addEventListener('dragover', event => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.add('dropping');
  });
  form.addEventListener('dragleave', event => {
    if (!form.contains(event.relatedTarget)) form.classList.remove('dropping');
  });
  form.addEventListener('drop', event => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.remove('dropping');
    add(event.dataTransfer.files);
  });
  form.addEventListener('paste', event => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  });

  form.addEventListener('submit', event => {
    if (form.dataset.files === 'plain' || picked.length === 0) return;
    event.preventDefault();
    if (event.submitter?.name) prepare(form, event.submitter, list, say); else send(form, list, say);
  });
}

function lock(form, on) {
  if (!on) delete form.dataset.leaving;
  all('button[type=submit]', form).forEach(button => { button.disabled = on; });
}

// Words that the server puts together, and how they will look: they come into the form as it stands, for another page would not have the files that were picked.
async function prepare(form, button, list, say) {
  const asked = new FormData(form, button);
  all('input[type=file]', form).forEach(input => asked.delete(input.name));
  say(null);
  lock(form, true);
  try {
    const answer = await fetch(form.action, { method: 'POST', body: asked });
    const given = one(`#${form.parentElement.id} form`, new DOMParser().parseFromString(await answer.text(), 'text/html'));
    if (!answer.ok || answer.redirected || !given) throw new Error(answer.statusText);
    all('input:is([type=text], :not([type])), textarea, select', given).forEach(field => { if (form.elements[field.name]) form.elements[field.name].value = field.value; });
    one('[data-prepared]', form).replaceChildren(...one('[data-prepared]', given).childNodes);
    say(one('[data-files-error]:not([hidden]) span', given)?.textContent.trim());
  } catch {
    say(list.dataset.failed);
  }
  lock(form, false);
  button.focus();
}

// a double click on what sends is not yet a click on what stops it, which then stands there
const doubleClick = 600;

function send(form, list, say) {
  const sending = one('[data-sending]', form);
  const [bar, text, stop] = [one('progress', sending), one('[role=status]', sending), one('[data-stop]', sending)];
  const request = new XMLHttpRequest();
  const begun = performance.now();
  const busy = on => {
    sending.hidden = !on;
    lock(form, on);
  };
  const failed = why => {
    busy(false);
    say(why ?? list.dataset.failed);
  };

  request.upload.addEventListener('progress', event => {
    const part = event.lengthComputable ? Math.floor(event.loaded * 100 / event.total) : 0;
    bar.value = part;
    text.textContent = fill(list.dataset.sent, part);
  });
  request.addEventListener('load', () => {
    if (request.status === 200) { location.assign(request.responseURL); return; }
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    // what the server asked it asks once: the same files sent again are sent as they are
    const asked = one('[name=Asked]', page);
    if (asked) form.append(asked);
    failed(one('[data-files-error] span', page)?.textContent.trim() || one('.note p', page)?.textContent.trim());
  });
  request.addEventListener('error', () => failed());
  request.addEventListener('abort', () => busy(false));
  stop.onclick = () => { if (performance.now() - begun > doubleClick) request.abort(); };
  say(null);
  busy(true);
  bar.value = 0;
  request.open('POST', form.action);
  request.send(new FormData(form));
}

// htmx tells of the first page too
onContent(content => all('form[data-files]:not([data-attached])', content).forEach(form => {
  form.dataset.attached = 'on';
  attach(form);
}));
