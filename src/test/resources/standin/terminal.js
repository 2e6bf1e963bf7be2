// A small terminal: printable text, line ends, backspace and tab; it drops ANSI escapes.
const KEPT = 200_000;
const COLUMN = 8;
// CSI, OSC and two-character sequences; what is cut off at the end waits for its rest.
const ESCAPE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^[\]])/g;

export class Terminal {
  #element;
  #text = '';
  #column = 0;
  #line = '';
  #pending = '';

  constructor(element) {
    this.#element = element;
  }

  write(text) {
    let plain = (this.#pending + text).replace(ESCAPE, '');
    const cut = plain.indexOf('\x1b');
    this.#pending = cut < 0 ? '' : plain.slice(cut);
    plain = cut < 0 ? plain : plain.slice(0, cut);
    for (const char of plain) {
      this.#put(char);
    }
    this.#text = this.#text.slice(-KEPT);
    this.#element.textContent = this.#text + this.#line;
    this.#element.scrollTop = this.#element.scrollHeight;
  }

  #put(char) {
    if (char === '\n') {
      this.#text += `${this.#line}\n`;
      this.#line = '';
      this.#column = 0;
    } else if (char === '\r') {
      this.#column = 0;
    } else if (char === '\b') {
      this.#column = Math.max(0, this.#column - 1);
    } else if (char === '\t') {
      const spaces = COLUMN - this.#column % COLUMN;
      [...' '.repeat(spaces)].forEach((space) => this.#overwrite(space));
    } else if (char >= ' ' && char !== '\x7f') {
      this.#overwrite(char);
    }
  }

  #overwrite(char) {
    const chars = [...this.#line.padEnd(this.#column)];
    chars[this.#column] = char;
    this.#line = chars.join('');
    this.#column++;
  }

  // How many characters fit, measured with one of them.
  size() {
    const probe = document.createElement('span');
    probe.textContent = 'M'.repeat(10);
    this.#element.append(probe);
    const box = probe.getBoundingClientRect();
    probe.remove();
    const width = Math.floor(this.#element.clientWidth / (box.width / 10)) - 4;
    const height = Math.floor(this.#element.clientHeight / box.height) - 1;
    return { width: Math.max(20, width), height: Math.max(5, height) };
  }
}

const KEYS = {
  Enter: '\r', Backspace: '\x7f', Tab: '\t', Escape: '\x1b', Delete: '\x1b[3~',
  ArrowUp: '\x1b[A', ArrowDown: '\x1b[B', ArrowRight: '\x1b[C', ArrowLeft: '\x1b[D',
};

// What a key press sends, or null for keys that stay the browser's.
export function characters(event) {
  if (event.altKey || event.metaKey || event.isComposing) {
    return null;
  }
  if (event.ctrlKey) {
    // Ctrl-V pastes, and Ctrl-C copies while something is selected.
    const copies = event.key === 'c' && !document.getSelection().isCollapsed;
    return /^[a-z]$/.test(event.key) && event.key !== 'v' && !copies
      ? String.fromCharCode(event.key.charCodeAt(0) - 96) : null;
  }
  if (event.key === 'Tab' && event.shiftKey) {
    return null;
  }
  return KEYS[event.key] ?? ([...event.key].length === 1 ? event.key : null);
}
