// Signs in with OIDC in the order in which Nomad's UI does it, and with the same entries of localStorage.
const status = document.getElementById('status');
const here = new URL(window.location);
const answer = Object.fromEntries(here.searchParams);
here.search = '';

async function post(path, body) {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${response.status} from ${path}`);
  }
  return response.json();
}

async function signIn() {
  const nonce = crypto.randomUUID();
  window.localStorage.setItem('nomadOIDCNonce', nonce);
  window.localStorage.setItem('nomadOIDCAuthMethod', 'stand-in');
  const { AuthURL } = await post('/v1/acl/oidc/auth-url',
    { AuthMethodName: 'stand-in', RedirectUri: here.toString(), ClientNonce: nonce });
  window.location = AuthURL;
}

async function complete() {
  const { SecretID } = await post('/v1/acl/oidc/complete-auth', {
    AuthMethodName: window.localStorage.getItem('nomadOIDCAuthMethod'),
    ClientNonce: window.localStorage.getItem('nomadOIDCNonce'),
    Code: answer.code,
    State: answer.state,
    RedirectURI: here.toString(),
  });
  window.localStorage.nomadTokenSecret = SecretID;
  window.localStorage.removeItem('nomadOIDCNonce');
  history.replaceState(null, '', '/ui/settings/tokens');
  const self = await fetch('/v1/acl/token/self', { headers: { 'X-Nomad-Token': window.localStorage.nomadTokenSecret } });
  status.textContent = `signed in: ${self.status}`;
}

document.getElementById('sign-in').addEventListener('click', signIn);
if (answer.code && answer.state) {
  complete().catch((error) => {
    status.textContent = `failed: ${error.message}`;
  });
}
