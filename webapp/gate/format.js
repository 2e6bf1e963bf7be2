// Figures and times as people read them.
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** 0 B, 980 B, 1.5 KiB, 37 MiB. */
export function bytes(count) {
  let unit = 0;
  let size = count;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
}

/** 0 s, 59 s, 12 min, 3 h 5 min, 2 d 4 h. */
export function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 1) {
    return `${seconds} s`;
  }
  if (hours < 1) {
    return `${minutes} min`;
  }
  return days < 1 ? pair(hours, 'h', minutes % 60, 'min') : pair(days, 'd', hours % 24, 'h');
}

const pair = (large, largeUnit, small, smallUnit) =>
  (small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`);

/** The time of day, with the date if that is not today's. */
export function clock(date, now = new Date()) {
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return date.toDateString() === now.toDateString() ? time
    : `${date.toLocaleDateString([], { day: 'numeric', month: 'short' })} ${time}`;
}

/** Date, time and zone, for who asks. */
export const moment = (date) => date.toLocaleString([], { dateStyle: 'full', timeStyle: 'long' });

/** The first part of a UUID, as Nomad's own UI shows it. */
export const shortId = (id) => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(0, 8) : id);

/** A command as one would type it. */
export const command = (words) => words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(' ');

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;
