// The designer's token: fetched with the session, renewed at half its life, also when the machine wakes up late.

const requestToken = document.querySelector('meta[name=request-token]')?.content;

/** Something was done with keyboard or pointer since the last renewal; a page that is only open must not keep the session alive. */
let active = true;
for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { active = true; }, { capture: true, passive: true });

async function ask(about) {
  const idle = active ? '' : '?idle=true';
  active = false;
  const answer = await fetch(`/studio/token${idle}`, {
    method: 'POST',
    headers: { RequestVerificationToken: requestToken },
    body: new URLSearchParams(about),
  });
  if (!answer.ok) throw Object.assign(new Error(`token: ${answer.status}`), { status: answer.status });
  return answer.json();
}

/** Keeps a token: calls `use` with every new one and `lost` when the session has ended; a failing network is tried again. */
export class TokenKeeper {
  #about = {};
  #timer = 0;
  #renewAt = 0;

  constructor(use, lost) {
    Object.assign(this, { use, lost });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#renewAt && Date.now() >= this.#renewAt) this.#renew();
    });
  }

  /**
   * A new token for what is shown: `definition` or `instance` tells the server whose choices the pickers offer.
   * True once there is one, false when the session has ended.
   */
  async ask(about) {
    this.#about = about;
    return this.#renew();
  }

  async #renew() {
    clearTimeout(this.#timer);
    try {
      const { token, expiresAt } = await ask(this.#about);
      this.#renewAt = Date.now() + Math.max((new Date(expiresAt) - Date.now()) / 2, 5_000);
      this.use(token);
    } catch (error) {
      if (error.status) {
        this.lost();
        return false;
      }
      this.#renewAt = Date.now() + 10_000;
    }
    this.#timer = setTimeout(() => this.#renew(), this.#renewAt - Date.now());
    return true;
  }
}
