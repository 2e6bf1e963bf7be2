// What the gate is asked, and what its answers mean. All addresses are below that of the page: the gate may be at any path.
const PATIENCE = 8000;
// Without name and password, which may stand in the address of the page and which fetch refuses.
const PAGE = location.origin + location.pathname;

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

export const recordings = (query) => ask(`api/recordings?${query}`);

/** Where a recording's file is. */
export const fileOf = (name) => `api/recordings/${encodeURIComponent(name)}.cast`;

/** The text of a recording's file, which may be long. */
export const recording = (name) => ask(fileOf(name), {
  headers: { Accept: 'application/json, application/x-asciicast' }, signal: null,
}, (response) => response.text());

async function ask(address, options = {}, read = (response) => response.json()) {
  let response;
  let answer;
  try {
    response = await fetch(new URL(address, PAGE), {
      signal: AbortSignal.timeout(PATIENCE), ...options, cache: 'no-store', redirect: 'error',
      headers: { Accept: 'application/json', ...options.headers },
    });
    answer = await (response.ok ? read(response) : response.json());
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
