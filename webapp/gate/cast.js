// An asciicast v2, read. https://docs.asciinema.org/manual/asciicast/v2/

const MOST_COLUMNS = 500;
const MOST_ROWS = 200;
const LONGEST_PAUSE = 2;

/** What a terminal may be told its size is: a recording is somebody else's text. */
function size(columns, rows) {
  const within = (value, otherwise, most) =>
    Number.isInteger(value) && value > 0 ? Math.min(value, most) : otherwise;
  return { columns: within(columns, 80, MOST_COLUMNS), rows: within(rows, 24, MOST_ROWS) };
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/**
 * A recording, from the text of its file. A line that is no event, as the last one of a recording that broke off, is
 * passed over.
 */
export class Cast {
  constructor(text) {
    const [first, ...lines] = text.split('\n');
    this.header = parsed(first) ?? {};
    this.size = size(this.header.width, this.header.height);
    this.events = [];
    let last = 0;
    for (const line of lines) {
      const event = line === '' ? null : parsed(line);
      if (Array.isArray(event) && Number.isFinite(event[0]) && typeof event[1] === 'string'
          && typeof event[2] === 'string') {
        last = Math.max(last, event[0]);
        this.events.push({ at: last, code: event[1], data: event[2] });
      }
    }
  }

  /** What is not shown in the terminal, but said about it. */
  get marks() {
    return this.events.flatMap((event, index) => event.code === 'm' ? [{ index, label: event.data }] : []);
  }

  /** When each event is, in seconds; in a shortened recording no pause is longer than two. */
  times(shortened) {
    let real = 0;
    let time = 0;
    return this.events.map(event => {
      const pause = event.at - real;
      real = event.at;
      return time += shortened ? Math.min(pause, LONGEST_PAUSE) : pause;
    });
  }

  static sizeOf(text) {
    const parts = /^([0-9]{1,6})x([0-9]{1,6})$/.exec(text);
    return parts === null ? null : size(Number(parts[1]), Number(parts[2]));
  }
}
