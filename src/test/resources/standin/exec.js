// An exec session, opened and fed the way Nomad's own UI does it.
import { Terminal, characters } from './terminal.js';

const HEARTBEAT = 10_000;
const element = document.getElementById('terminal');
const status = document.getElementById('status');
const terminal = new Terminal(element);
const encoder = new TextEncoder();
const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
const environment = document.querySelector('meta[name="nomad-ui/config/environment"]').content;
const { rootURL } = JSON.parse(decodeURIComponent(environment));
const [, job, , task] = location.pathname.slice(rootURL.length).split('/').map(decodeURIComponent);

function base64(text) {
  let binary = '';
  for (const byte of encoder.encode(text)) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

function print(stream, message) {
  if (message?.data) {
    const bytes = Uint8Array.from(atob(message.data), (c) => c.charCodeAt(0));
    terminal.write(decoders[stream].decode(bytes, { stream: true }));
  }
}

function connect(allocation) {
  const protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${protocol}//${location.host}/v1/client/allocation/${allocation}/exec`
    + `?task=${encodeURIComponent(task)}&tty=true&ws_handshake=true`
    + `&command=${encodeURIComponent('["/bin/sh"]')}`);
  const send = (message) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));
  const type = (text) => send({ stdin: { data: base64(text) } });
  let exited = '';
  let heartbeat;
  let size = '';

  function tellSize() {
    const now = terminal.size();
    if (socket.readyState === WebSocket.OPEN && JSON.stringify(now) !== size) {
      size = JSON.stringify(now);
      send({ tty_size: now });
    }
  }

  socket.onopen = () => {
    send({ version: 1, auth_token: '' });
    tellSize();
    heartbeat = setInterval(() => send({}), HEARTBEAT);
    status.textContent = 'connected';
    element.focus();
  };
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    print('stdout', message.stdout);
    print('stderr', message.stderr);
    if (message.exited) {
      exited = `: the shell exited with code ${message.result?.exit_code ?? 0}`;
    }
  };
  socket.onclose = ({ code, reason }) => {
    clearInterval(heartbeat);
    status.textContent = `closed${exited || `: ${code}${reason ? ` ${reason}` : ''}`}`;
  };

  new ResizeObserver(tellSize).observe(element);
  element.addEventListener('keydown', (event) => {
    const text = characters(event);
    if (text !== null) {
      event.preventDefault();
      type(text);
    }
  });
  element.addEventListener('paste', (event) => {
    event.preventDefault();
    // As terminals do: a pasted line end is what the Enter key sends.
    type(event.clipboardData.getData('text').replace(/\r?\n/g, '\r'));
  });
}

try {
  const response = await fetch(`/v1/job/${encodeURIComponent(job)}/allocations`);
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  connect((await response.json())[0].ID);
} catch (error) {
  status.textContent = `closed: ${error.message}`;
}
