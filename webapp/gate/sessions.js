import { endSession } from './api.js';
import { cell, element, Rows, set, text } from './dom.js';
import { bytes, clock, command, duration, moment, shortId } from './format.js';

const TITLE = document.getElementById('sessions-title');

/** The table of sessions, and the way to end one. */
export class Sessions {
  #rows;
  #empty = document.getElementById('sessions-empty');
  #find = document.getElementById('find');
  #dialog = document.getElementById('confirm');
  #shown = [];
  #chosen = null;
  #mayEnd = false;
  #severalServers = false;
  #say;
  #refresh;

  /**
   * @param say tells everybody, those who hear it too
   * @param refresh asks the gate again, now
   */
  constructor(say, refresh) {
    this.#say = say;
    this.#refresh = refresh;
    this.#rows = new Rows(document.getElementById('sessions'), (session) => this.#make(session), fill);
    this.#find.addEventListener('input', () => this.#draw());
    this.#dialog.addEventListener('close', () => this.#decided());
  }

  show({ sessions, servers, caller }) {
    this.#shown = sessions;
    this.#mayEnd = caller.mayEndSessions;
    this.#severalServers = servers.length > 1;
    this.#draw();
  }

  #draw() {
    const words = this.#find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.#shown.filter((session) => words.every((word) => haystack(session).includes(word)));
    const focused = document.activeElement?.closest?.('#sessions tr');
    this.#rows.show(found.map((session) => ({
      ...session, mayEnd: this.#mayEnd, through: this.#severalServers ? session.server : null,
    })), (session) => session.id);
    if (focused && !focused.isConnected) {
      TITLE.focus(); // its row is gone; the next Tab leads on from here
    }
    document.getElementById('sessions').hidden = found.length === 0;
    this.#empty.hidden = found.length > 0;
    text(this.#empty, this.#shown.length === 0 ? 'Nobody has a session open.'
      : `None of the ${this.#shown.length} open sessions matches.`);
  }

  #make(session) {
    const end = element('button', { type: 'button', class: 'danger' }, 'End');
    end.addEventListener('click', () => this.#ask(session.id));
    return {
      who: cell('', '', element('span', { class: 'main' }), element('small')),
      where: cell('', '', element('span', { class: 'main' }), element('small')),
      command: cell('', '', element('code'), element('small')),
      since: cell('Since', 'time', element('time'), element('small')),
      idle: cell('Idle', 'time', element('span')),
      typed: cell('Typed', 'number', element('span')),
      shown: cell('Shown', 'number', element('span')),
      end: cell('', '', end),
    };
  }

  #ask(id) {
    this.#chosen = this.#shown.find((session) => session.id === id);
    if (this.#chosen) {
      text(document.getElementById('confirm-text'), `${who(this.#chosen)} in ${where(this.#chosen)}, open for `
        + `${duration(this.#chosen.ageMillis)}, idle for ${duration(this.#chosen.idleMillis)}.`);
      this.#dialog.returnValue = 'cancel';
      this.#dialog.showModal();
    }
  }

  async #decided() {
    if (this.#dialog.returnValue !== 'end') {
      return;
    }
    const session = this.#chosen;
    try {
      await endSession(session.id);
      this.#say(`The session of ${who(session)} in ${where(session)} is ended.`);
    } catch (problem) {
      this.#say(`The session of ${who(session)} is not ended. ${problem.message}`);
    }
    this.#refresh();
  }
}

function fill(cells, session) {
  const [name, from] = cells.who.children;
  text(name, who(session));
  set(name, 'title', session.user && session.user !== session.label ? session.user : null);
  text(from, `from ${session.client}`);
  const [place, more] = cells.where.children;
  text(place, where(session));
  text(more, [session.namespace && `namespace ${session.namespace}`, session.allocation && `alloc ${shortId(session.allocation)}`,
    session.node && `on ${session.node}`, session.through && `through ${session.through.replace(/^https?:\/\//, '')}`].filter(Boolean).join(', '));
  set(more, 'title', session.allocation);
  const [words, terminal] = cells.command.children;
  text(words, what(session));
  set(words, 'title', what(session));
  text(terminal, session.tty ? '' : 'without a terminal');
  const since = new Date(session.since);
  const [age, exactly] = cells.since.children;
  text(age, duration(session.ageMillis));
  set(age, 'datetime', session.since);
  set(age, 'title', moment(since));
  text(exactly, clock(since));
  text(cells.idle.firstChild, duration(session.idleMillis));
  traffic(cells.typed.firstChild, session.fromBrowser);
  traffic(cells.shown.firstChild, session.fromNomad);
  const button = cells.end.firstChild;
  set(button, 'hidden', !session.mayEnd);
  set(button, 'aria-label', `End the session of ${who(session)} in ${where(session)}`);
}

function traffic(target, { bytes: count, frames }) {
  text(target, bytes(count));
  set(target, 'title', `${count.toLocaleString()} bytes in ${frames.toLocaleString()} frames`);
}

const who = (session) => session.label ?? session.user ?? 'Somebody';

const where = (session) => [session.job, session.group !== session.task ? session.group : null, session.task]
  .filter(Boolean).join(' › ') || (session.allocation ? `allocation ${shortId(session.allocation)}` : 'a task');

const what = (session) => (session.kind === 'action' ? `action ${session.action ?? ''}` : command(session.command) || '–');

const haystack = (session) => [who(session), session.user, session.client, where(session), session.namespace, session.node,
  session.allocation, session.server, what(session)].join('\n').toLowerCase();
