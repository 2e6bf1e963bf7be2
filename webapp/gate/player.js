import { Cast } from './cast.js';

const TICK = 40;
const PIECE = 128 * 1024;

/**
 * Plays a recording in a terminal of xterm.js. The position is in seconds; whoever sets it anew, while the terminal
 * still takes what came before, is obeyed as soon as it can be.
 */
export class Player extends EventTarget {
  #terminal;
  #cast;
  #times;
  #next = 0;
  #restart = true;
  #working = false;
  #base = 0;
  #since = 0;
  #speed = 1;
  #timer = null;
  #closed = false;

  constructor(terminal, cast, shortened) {
    super();
    this.#terminal = terminal;
    this.#cast = cast;
    this.#times = cast.times(shortened);
  }

  get playing() {
    return this.#timer !== null;
  }

  get duration() {
    return this.#times.at(-1) ?? 0;
  }

  get position() {
    const played = this.playing ? (performance.now() - this.#since) / 1000 * this.#speed : 0;
    return Math.min(this.#base + played, this.duration);
  }

  /** When an event is, by its index. */
  timeOf(index) {
    return this.#times[index];
  }

  play() {
    if (this.playing) {
      return;
    }
    if (this.position >= this.duration) {
      this.#moveTo(0);
    }
    // It announces a screenful of lines, and then falls silent until it begins anew.
    this.#terminal.setOption('screenReaderMode', false);
    this.#terminal.setOption('screenReaderMode', true);
    this.#since = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#tell('state');
  }

  pause() {
    if (this.playing) {
      this.#base = this.position;
      clearInterval(this.#timer);
      this.#timer = null;
      this.#tell('state');
    }
  }

  seek(position) {
    this.#moveTo(Math.max(0, Math.min(position, this.duration)));
    this.#work();
    this.#tell('time');
  }

  set speed(speed) {
    this.#base = this.position;
    this.#since = performance.now();
    this.#speed = speed;
  }

  /** Other times for the same events; what is on the screen stays. */
  set shortened(shortened) {
    const shown = this.#times[this.#next - 1];
    const since = shown === undefined ? 0 : this.position - shown;
    this.#times = this.#cast.times(shortened);
    const next = this.#times[this.#next] ?? this.duration;
    this.#base = Math.min(shown === undefined ? 0 : this.#times[this.#next - 1] + since, next);
    this.#since = performance.now();
    this.#tell('time');
  }

  close() {
    this.pause();
    this.#closed = true;
  }

  #moveTo(position) {
    // What was shown cannot be taken back: going back begins anew.
    this.#restart ||= position < (this.#times[this.#next - 1] ?? 0);
    this.#base = position;
    this.#since = performance.now();
  }

  #tick() {
    this.#work();
    this.#tell('time');
    if (this.position >= this.duration) {
      this.pause();
    }
  }

  async #work() {
    if (this.#working) {
      return;
    }
    this.#working = true;
    // The screen reader is told what is new, not all that a jump passes over.
    const jump = this.#restart || this.position - (this.#times[this.#next] ?? Infinity) > 1;
    if (jump) {
      this.#terminal.setOption('screenReaderMode', false);
    }
    while (!this.#closed && (this.#restart || this.#times[this.#next] <= this.position)) {
      if (this.#restart) {
        this.#restart = false;
        this.#next = 0;
        this.#terminal.reset();
        this.#resize(this.#cast.size);
        this.#tell('restarted');
      } else {
        await this.#show();
      }
    }
    if (jump && !this.#closed) {
      this.#terminal.setOption('screenReaderMode', true);
    }
    this.#working = false;
    this.#tell('shown');
  }

  /** The next event, and with it as much output as follows at once. */
  async #show() {
    const event = this.#cast.events[this.#next++];
    if (event.code === 'o') {
      let text = event.data;
      const until = this.position;
      while (text.length < PIECE && this.#times[this.#next] <= until && this.#cast.events[this.#next].code === 'o') {
        text += this.#cast.events[this.#next++].data;
      }
      await new Promise(resolve => this.#terminal.write(text, resolve));
    } else if (event.code === 'r') {
      this.#resize(Cast.sizeOf(event.data));
    } else if (event.code === 'i') {
      this.#tell('typed', event.data);
    }
  }

  #resize(size) {
    if (size !== null) {
      this.#terminal.resize(size.columns, size.rows);
      this.#tell('resized');
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
