import { fileOf, recording, recordings } from './api.js';
import { Cast } from './cast.js';
import { Player } from './player.js';
import { fit, openScreen, textOf } from './screen.js';

// Names, commands and output are whatever somebody chose: they become text, and never markup.

const asked = new URLSearchParams(location.search);
const byId = id => document.getElementById(id);
const say = text => { byId('said').textContent = text; };

function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  made.append(...[content].flat());
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = number => String(number).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return (hours > 0 ? `${hours}:${two(Math.floor(whole / 60) % 60)}` : Math.floor(whole / 60)) + ':' + two(whole % 60);
}

function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) {
    number /= 1024;
    unit++;
  }
  return `${number < 10 && unit > 0 ? number.toFixed(1) : Math.round(number)} ${units[unit]}`;
}

function moment(instant) {
  return element('time', new Date(instant).toLocaleString(), { datetime: instant });
}

const text = value => typeof value === 'string' ? value : '';
const who = session => text(session.label) || text(session.user) || 'unknown';
const command = session => text(session.action)
  ? `action ${session.action}` : (Array.isArray(session.command) ? session.command.map(String) : []).join(' ');
const where = session =>
  [session.namespace, session.job, session.group, session.task].map(text).filter(part => part).join(' / ')
  || text(session.allocation);

/* The list */

function apiQuery() {
  const query = new URLSearchParams();
  for (const name of ['user', 'job', 'page']) {
    if (asked.get(name)) {
      query.set(name, asked.get(name));
    }
  }
  for (const name of ['from', 'to']) {
    const time = new Date(asked.get(name) ?? '');
    if (!Number.isNaN(time.getTime())) {
      query.set(name, time.toISOString());
    }
  }
  return query;
}

function address(changes) {
  const query = new URLSearchParams(asked);
  Object.entries(changes).forEach(([name, value]) => query.set(name, value));
  return 'recordings.html?' + query;
}

function row(recording) {
  const session = recording.session ?? {};
  const state = recording.state === 'recording' ? 'being recorded' : text(recording.state);
  const cells = [
    element('a', moment(recording.started), { href: address({ play: recording.recording }) }),
    typeof recording.seconds === 'number' ? clock(recording.seconds) : '–',
    who(session), where(session), element('code', command(session)), text(session.client), bytes(recording.bytes), state
  ];
  const made = element('tr', cells.map((cell, index) => index === 0
    ? element('th', cell, { scope: 'row' }) : element('td', cell)));
  made.querySelector('a').setAttribute('aria-label',
    `Play ${new Date(recording.started).toLocaleString()}, ${who(session)} in ${where(session)}`);
  if (recording.recording === asked.get('play')) {
    made.setAttribute('aria-current', 'true');
  }
  return made;
}

async function list() {
  for (const input of byId('find').querySelectorAll('input')) {
    input.value = asked.get(input.name) ?? '';
  }
  const found = await recordings(apiQuery());
  const table = byId('list').querySelector('table');
  table.querySelector('tbody').replaceChildren(...found.recordings.map(row));
  table.hidden = found.recordings.length === 0;
  byId('pages').replaceChildren(
    ...found.page > 1 ? [element('a', 'Newer', { href: address({ page: found.page - 1 }) }), ' '] : [],
    ...found.more ? [element('a', 'Older', { href: address({ page: found.page + 1 }) })] : []);
  return found.recordings.length === 0 ? 'No recording was found.'
    : found.recordings.length === 1 ? '1 recording found.'
      : `${found.recordings.length}${found.more ? ' or more' : ''} recordings found.`;
}

/* The player */

function facts(cast) {
  const session = cast.header['nomad-gate'] ?? {};
  const begun = new Date(cast.header.timestamp * 1000);
  const rows = [
    ['Begun', Number.isNaN(begun.getTime()) ? '' : moment(begun.toISOString())], ['User', who(session)],
    ['Client', text(session.client)], ['Where', where(session)], ['Node', text(session.node)],
    ['Allocation', text(session.allocation)], ['Command', element('code', command(session))],
    ['Server', text(session.server)], ['Session', text(session.id)]
  ];
  byId('facts').replaceChildren(...rows.filter(([, value]) => value !== '')
    .map(([name, value]) => element('div', [element('dt', name), element('dd', value)])));
}

/** Keys that have no character, as terminals write them: ^C. */
function visible(typed) {
  return typed.replace(/[\u0000-\u001f\u007f]/g, c => '^' + String.fromCharCode(c.charCodeAt(0) ^ 0x40));
}

function marks(cast, player) {
  byId('marks').hidden = cast.marks.length === 0;
  byId('marks').querySelector('ul').replaceChildren(...cast.marks.slice(0, 1000).map(mark => {
    const button = element('button', `Go to ${clock(player.timeOf(mark.index))}`, { type: 'button' });
    button.addEventListener('click', () => player.seek(player.timeOf(mark.index)));
    return element('li', [button, ' ', mark.label]);
  }));
}

function controls(cast, player, terminal) {
  const position = byId('position');
  const showTime = () => {
    position.max = player.duration;
    position.value = player.position;
    const time = `${clock(player.position)} of ${clock(player.duration)}`;
    position.setAttribute('aria-valuetext', time);
    byId('time').textContent = `${clock(player.position)} / ${clock(player.duration)}`;
  };
  const toggle = () => player.playing ? player.pause() : player.play();
  const go = seconds => player.seek(player.position + seconds);
  player.addEventListener('time', showTime);
  player.addEventListener('state', () => {
    byId('play').textContent = player.playing ? 'Pause' : 'Play';
    say(player.playing ? 'Playing.' : `Paused at ${clock(player.position)} of ${clock(player.duration)}.`);
    showTime();
  });
  player.addEventListener('resized', () => fit(terminal, byId('screen')));
  player.addEventListener('restarted', () => byId('typed').querySelector('kbd').replaceChildren());
  player.addEventListener('typed', event => {
    const shown = byId('typed').querySelector('kbd');
    shown.textContent = (shown.textContent + visible(event.detail)).slice(-200);
    byId('typed').hidden = false;
  });
  byId('play').addEventListener('click', toggle);
  position.addEventListener('input', () => player.seek(Number(position.value)));
  byId('speed').addEventListener('change', () => { player.speed = Number(byId('speed').value); });
  byId('shorten').addEventListener('change', () => {
    player.shortened = byId('shorten').checked;
    marks(cast, player);
  });
  byId('copy').addEventListener('click', () => copy(terminal));
  byId('player').addEventListener('keydown', event => key(event, { toggle, go, player }));
  showTime();
}

function key(event, { toggle, go, player }) {
  const target = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || target.matches('select')) {
    return;
  }
  const pressable = target.matches('button, a, summary, input[type=checkbox]');
  const action = {
    ' ': pressable ? undefined : toggle, k: toggle,
    ArrowLeft: () => go(event.shiftKey ? -30 : -5), ArrowRight: () => go(event.shiftKey ? 30 : 5),
    Home: () => player.seek(0), End: () => player.seek(player.duration)
  }[event.key];
  if (action !== undefined) {
    event.preventDefault();
    action();
  }
}

async function copy(terminal) {
  const copied = textOf(terminal);
  try {
    await navigator.clipboard.writeText(copied);
    say(terminal.hasSelection() ? 'The selected text was copied.' : 'All text up to here was copied.');
  } catch {
    // Without https a page has no clipboard; a person still has.
    const area = element('textarea', copied, { rows: 8, readonly: '', 'aria-label': 'The text to copy' });
    byId('copied')?.remove();
    area.id = 'copied';
    byId('controls').after(area);
    area.focus();
    area.select();
    say('The text is selected: copy it with the keys of your system.');
  }
}

async function replay(name) {
  const cast = new Cast(await recording(name));
  byId('player').hidden = false;
  byId('player-title').textContent = text(cast.header.title) || name;
  document.title = `${byId('player-title').textContent} – Recordings – nomad-gate`;
  byId('file').href = fileOf(name);
  facts(cast);
  const terminal = openScreen(byId('screen'));
  const player = new Player(terminal, cast, byId('shorten').checked);
  marks(cast, player);
  controls(cast, player, terminal);
  player.seek(0);
  byId('player-title').focus();
  return `${clock(player.duration)} to play.`;
}

async function show() {
  const words = [];
  for (const part of [asked.get('play') ? () => replay(asked.get('play')) : null, list]) {
    try {
      if (part !== null) {
        words.push(await part());
      }
    } catch (failure) {
      // Who may see none gets the same answer twice.
      words.push(...words.includes(failure.message) ? [] : [failure.message]);
    }
  }
  say(words.join(' '));
}

show();
