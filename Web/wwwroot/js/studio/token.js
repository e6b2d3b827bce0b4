// The designer's token: fetched with the session, renewed at half its life, also when the machine wakes up late.

const requestToken = document.querySelector('meta[name=request-token]')?.content;

/** Something was done with keyboard or pointer since the last renewal; a page that is only open must not keep the session alive. */
let active = true;
for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { active = true; }, { capture: true, passive: true });

async function ask() {
  const idle = active ? '' : '?idle=true';
  active = false;
  const answer = await fetch(`/studio/token${idle}`, { method: 'POST', headers: { RequestVerificationToken: requestToken } });
  if (!answer.ok) throw Object.assign(new Error(`token: ${answer.status}`), { status: answer.status });
  return answer.json();
}

/**
 * Keeps a token. Calls `use` with every new one and `lost` when the session has ended; a failing network is tried again.
 * Returns once there is a first token, or false.
 */
export async function keepToken(use, lost) {
  let timer = 0;
  let renewAt = 0;

  async function renew() {
    clearTimeout(timer);
    try {
      const { token, expiresAt } = await ask();
      const half = Math.max((new Date(expiresAt) - Date.now()) / 2, 5_000);
      renewAt = Date.now() + half;
      use(token);
    } catch (error) {
      if (error.status) {
        lost(error.status);
        return false;
      }
      renewAt = Date.now() + 10_000;
    }
    timer = setTimeout(renew, renewAt - Date.now());
    return true;
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && renewAt && Date.now() >= renewAt) renew();
  });
  return renew();
}
