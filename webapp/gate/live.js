// The live page: asks the gate every two seconds, shows what it says, and says so when it says nothing.
import { NoAnswer, state } from './api.js';
import { element, set, text } from './dom.js';
import { clock } from './format.js';
import { inFlight, Servers } from './servers.js';
import { Sessions } from './sessions.js';
import { listen } from './which.js';

const EVERY = 2000;
const PLENTY = 0.8;

const pulse = document.getElementById('pulse');
const trouble = document.getElementById('trouble');
const problems = document.getElementById('problems');
const notice = document.getElementById('notice');
const said = document.getElementById('said');

const servers = new Servers();
const sessions = new Sessions((words) => text(said, words), () => look());

let timer = 0;
let asking = 0;
let seen = null;

listen();
document.addEventListener('visibilitychange', () => {
  clearTimeout(timer);
  if (!document.hidden) {
    look();
  }
});
look();

async function look() {
  clearTimeout(timer);
  const question = ++asking;
  try {
    const now = await state();
    if (question === asking) {
      seen = new Date();
      show(now);
    }
  } catch (problem) {
    if (!(problem instanceof NoAnswer)) {
      throw problem;
    }
    if (question === asking) {
      fail(problem);
    }
  } finally {
    // Nobody looks at a hidden page, so it does not ask either.
    if (question === asking && !document.hidden) {
      timer = setTimeout(look, EVERY);
    }
  }
}

function show(now) {
  document.documentElement.classList.remove('stale');
  trouble.hidden = true;
  set(pulse, 'data-state', 'good');
  text(pulse, `Live, ${clock(seen)}`);
  notice.hidden = !now.stopping;
  text(notice, now.stopping ? 'The gate is being stopped: it takes on nothing new, and what is open will be ended.' : '');
  tell(now.problems);
  sessions.show(now);
  servers.show(now);
  figures(now);
  text(document.getElementById('version'), `nomad-gate ${now.version}`);
  text(document.getElementById('caller'), now.caller.name
    ? `– you are ${now.caller.name}${now.caller.mayEndSessions ? '' : ', and may look'}` : '– open to this machine only');
  document.title = `Live (${now.sessions.length}) – nomad-gate`;
}

function tell(lines) {
  const list = problems.firstElementChild;
  // Set only when they change: an alert is read out each time.
  if (list.textContent !== lines.join('')) {
    list.replaceChildren(...lines.map((line) => element('li', {}, line)));
  }
  problems.hidden = lines.length === 0;
}

function fail(problem) {
  document.documentElement.classList.add('stale');
  set(pulse, 'data-state', 'bad');
  text(pulse, problem.refused ? 'Refused' : 'No answer');
  // Set only when it changes: an alert is read out each time.
  text(trouble, problem.message + (seen ? ` What you see is from ${clock(seen)}.` : ''));
  trouble.hidden = false;
}

function figures(now) {
  const requests = inFlight(now.requests);
  const inUse = now.servers.reduce((sum, server) => sum + server.connections.inUse, 0);
  const usable = now.servers.filter((server) => !server.down).length;
  const available = now.servers.filter((server) => server.available).length;
  const most = now.servers.reduce((sum, server) => sum + (server.down ? 0 : server.connections.max), 0);
  figure('sessions', now.sessions.length, `of ${now.limits.sessions.toLocaleString()}`,
    level(now.sessions.length, now.limits.sessions));
  figure('requests', requests, `of ${now.limits.requests.toLocaleString()}`, level(requests, now.limits.requests));
  figure('servers', available, `of ${now.servers.length}`,
    available === 0 ? 'bad' : available < usable ? 'warn' : null);
  figure('connections', inUse, `of ${most.toLocaleString()}`, level(inUse, most));
}

function level(count, most) {
  if (count >= most) {
    return 'bad';
  }
  return count >= most * PLENTY ? 'warn' : null;
}

function figure(name, value, limit, level) {
  const number = document.querySelector(`[data-figure="${name}"]`);
  text(number, value.toLocaleString());
  text(document.querySelector(`[data-figure="${name}-limit"]`), limit);
  set(number.closest('div'), 'data-level', level);
}
