import { cell, element, Rows, set, text } from './dom.js';

// Without the gate's own pages, of which this one is the first.
const CLASSES = { api: 'API', blocking: 'Long polls', stream: 'Streams', ui: 'Web UI', exec: 'Opening a shell' };

/** The requests that `limits.requests` counts. */
export const inFlight = (requests) => Object.entries(requests)
  .reduce((sum, [name, count]) => (name in CLASSES && name !== 'exec' ? sum + count : sum), 0);

/** The tables of servers and of requests in flight. */
export class Servers {
  #servers = new Rows(document.getElementById('servers'), makeServer, fillServer);
  #requests = new Rows(document.getElementById('requests'), makeClass, fillClass);

  show(state) {
    const sessions = Map.groupBy ? Map.groupBy(state.sessions, (session) => session.server) : grouped(state.sessions);
    this.#servers.show(state.servers.map((server) => ({
      ...server, sessions: sessions.get(server.address)?.length ?? 0,
    })), (server) => server.address);
    this.#requests.show(Object.entries(state.requests).filter(([name]) => name in CLASSES), ([name]) => name);
  }
}

function grouped(sessions) {
  const groups = new Map();
  for (const session of sessions) {
    groups.set(session.server, [...groups.get(session.server) ?? [], session]);
  }
  return groups;
}

const makeServer = () => ({
  address: cell('', 'mono', element('span')),
  state: cell('', '', element('span', { class: 'state' }), element('small')),
  weight: cell('Weight', 'number', element('span')),
  sessions: cell('Sessions', 'number', element('span')),
  connections: cell('Connections', '', element('span', { class: 'connections' },
    element('meter', { min: 0, 'aria-label': 'Connections in use' }), element('span'))),
});

function fillServer(cells, server) {
  text(cells.address.firstChild, server.address);
  const [state, reason] = cells.state.children;
  set(state, 'data-state', stateOf(server));
  text(state, { good: server.backup ? 'Available, as a backup' : 'Available', trial: 'Tried again', out: 'Left out',
    down: 'Down' }[stateOf(server)]);
  text(reason, server.reason);
  text(cells.weight.firstChild, server.weight);
  text(cells.sessions.firstChild, server.sessions);
  const [meter, figures] = cells.connections.firstChild.children;
  set(meter, 'max', server.connections.max);
  set(meter, 'high', server.connections.max * 0.8);
  set(meter, 'optimum', 0);
  set(meter, 'value', Math.min(server.connections.inUse, server.connections.max));
  const { open, inUse, queued, max } = server.connections;
  text(figures, `${inUse} of ${max}${queued ? `, ${queued} waiting` : ''}`);
  set(figures, 'title', `${open} open, ${inUse} of them in use; at most ${max}`);
}

function stateOf(server) {
  if (server.down) {
    return 'down';
  }
  if (!server.available) {
    return 'out';
  }
  return server.reason ? 'trial' : 'good';
}

const makeClass = () => ({ name: cell('', '', element('span')), count: cell('', 'number', element('span')) });

function fillClass(cells, [name, count]) {
  text(cells.name.firstChild, CLASSES[name]);
  text(cells.count.firstChild, count.toLocaleString());
}
