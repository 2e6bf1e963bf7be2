// Shows the demo job and follows its log, through the same paths that Nomad's UI uses.
const byId = (id) => document.getElementById(id);
const KEPT = 100_000;

async function json(path) {
  const response = await fetch(path);
  if (!response.ok) {
    throw new Error(`${response.status} from ${path}: ${(await response.text()).trim()}`);
  }
  byId('index').textContent = response.headers.get('X-Nomad-Index') ?? 'missing';
  return response.json();
}

async function showJob() {
  const job = await json('/v1/job/demo');
  byId('job-status').textContent = job.Status;
  const [allocation] = await json('/v1/job/demo/allocations');
  byId('allocation').textContent = allocation.ID;
  byId('allocation').href = `/v1/allocation/${allocation.ID}`;
  return allocation.ID;
}

function show(text) {
  const log = byId('log');
  const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
  log.textContent = (log.textContent + text).slice(-KEPT);
  if (atEnd) {
    log.scrollTop = log.scrollHeight;
  }
}

// Frames follow each other without a separator; no string in them contains a brace.
function* frames(pending) {
  let end;
  while ((end = pending.text.indexOf('}')) >= 0) {
    yield JSON.parse(pending.text.slice(0, end + 1));
    pending.text = pending.text.slice(end + 1);
  }
}

async function followLog(allocation) {
  const query = 'task=sh&type=stdout&follow=true&origin=start&offset=0';
  const response = await fetch(`/v1/client/fs/logs/${allocation}?${query}`);
  if (!response.ok) {
    throw new Error(`${response.status} for the log`);
  }
  byId('log-status').textContent = 'following';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const decoder = new TextDecoder();
  const pending = { text: '' };
  for (let part; !(part = await reader.read()).done;) {
    pending.text += part.value;
    for (const frame of frames(pending)) {
      if (frame.Data) {
        const bytes = Uint8Array.from(atob(frame.Data), (c) => c.charCodeAt(0));
        show(decoder.decode(bytes, { stream: true }));
      }
    }
  }
  byId('log-status').textContent = 'ended';
}

try {
  await followLog(await showJob());
} catch (error) {
  byId('log-status').textContent = `failed: ${error.message}`;
}
