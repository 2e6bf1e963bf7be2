// What the gate is asked, and what its answers mean. All addresses are relative: the gate may be at any path.
const PATIENCE = 8000;

/** Why there is no answer to use. `refused` is an answer that says no; otherwise there was none. */
export class NoAnswer extends Error {
  constructor(words, refused) {
    super(words);
    this.refused = refused;
  }
}

export const state = () => ask('api/state');

export const which = (address) => ask(`api/which?address=${encodeURIComponent(address)}`);

export const endSession = (id) => ask(`api/sessions/${encodeURIComponent(id)}/end`, {
  method: 'POST',
  headers: { 'X-Nomad-Gate': '1' }, // no form of another site can send this
});

async function ask(address, options = {}) {
  let response;
  let answer;
  try {
    response = await fetch(address, {
      ...options, cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(PATIENCE),
      headers: { Accept: 'application/json', ...options.headers },
    });
    answer = await response.json();
  } catch {
    if (response && !response.ok) {
      throw new NoAnswer(refusal(response.status), true);
    }
    throw new NoAnswer('The gate does not answer.', false);
  }
  if (!response.ok) {
    throw new NoAnswer([answer.error, answer.detail, answer.remedy].filter(Boolean).map(sentence).join(' ')
      || refusal(response.status), true);
  }
  return answer;
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

const refusal = (status) => (status === 401 ? 'You are not signed in any more. Load this page again.'
  : `The gate answered with status ${status}.`);
