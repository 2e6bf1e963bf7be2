import { cell, element, Rows, set, text } from './dom.js';

const NAMES = { api: 'API', 'long-poll': 'Long polls', longpoll: 'Long polls', stream: 'Streams', ui: 'Web UI', all: 'All' };

/** The tables of servers and of requests in flight. */
export class Servers {
  #servers = new Rows(document.getElementById('servers'), makeServer, fillServer);
  #requests = new Rows(document.getElementById('requests'), makeClass, fillClass);
  #problems = document.getElementById('problems');

  show(state) {
    const sessions = Map.groupBy ? Map.groupBy(state.sessions, (session) => session.server) : grouped(state.sessions);
    this.#servers.show(state.servers.map((server) => ({
      ...server, most: state.limits.connections, sessions: sessions.get(server.address)?.length ?? 0,
    })), (server) => server.address);
    this.#requests.show(Object.entries(state.requests), ([name]) => name);
    this.#problems.hidden = state.problems.length === 0;
    if (this.#problems.textContent !== state.problems.join('')) {
      this.#problems.replaceChildren(...state.problems.map((problem) => element('li', {}, problem)));
    }
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
  set(meter, 'max', server.most);
  set(meter, 'high', server.most * 0.8);
  set(meter, 'optimum', 0);
  set(meter, 'value', Math.min(server.connections.inUse, server.most));
  text(figures, `${server.connections.inUse} of ${server.most}`);
  set(figures, 'title', `${server.connections.open} open, ${server.connections.inUse} of them in use; at most ${server.most}`);
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
  text(cells.name.firstChild, NAMES[name] ?? name);
  text(cells.count.firstChild, count.toLocaleString());
}
