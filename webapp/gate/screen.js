// The terminal in which recordings are shown. Nothing in one can act: no key reaches it, what it asks its terminal to
// answer goes nowhere, it opens no link, sets no clipboard, and moves no window.

const LIGHT = {
  background: '#ffffff', foreground: '#1b1f24', cursor: '#1b1f24', selection: '#0969da55',
  black: '#24292f', red: '#b91c1c', green: '#116329', yellow: '#7d4e00', blue: '#0550ae', magenta: '#8250df',
  cyan: '#1b6b72', white: '#57606a', brightBlack: '#57606a', brightRed: '#a40e26', brightGreen: '#1a7f37',
  brightYellow: '#633c01', brightBlue: '#0969da', brightMagenta: '#8250df', brightCyan: '#1b7c83',
  brightWhite: '#24292f'
};
const DARK = {
  background: '#0d1117', foreground: '#e6edf3', cursor: '#e6edf3', selection: '#58a6ff66',
  black: '#484f58', red: '#ff7b72', green: '#3fb950', yellow: '#d29922', blue: '#58a6ff', magenta: '#bc8cff',
  cyan: '#39c5cf', white: '#b1bac4', brightBlack: '#6e7681', brightRed: '#ffa198', brightGreen: '#56d364',
  brightYellow: '#e3b341', brightBlue: '#79c0ff', brightMagenta: '#d2a8ff', brightCyan: '#56d4dd',
  brightWhite: '#f0f6fc'
};
const LARGEST_FONT = 15;
const SMALLEST_FONT = 7;
const WIDTH_TO_HEIGHT = 0.62;

/** A terminal in this element. */
export function openScreen(element) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = () => dark.matches ? DARK : LIGHT;
  const terminal = new window.Terminal({
    disableStdin: true, screenReaderMode: true, scrollback: 10000, rendererType: 'dom', minimumContrastRatio: 4.5,
    windowOptions: {}, bellStyle: 'none', logLevel: 'off', fontFamily: 'ui-monospace, monospace', theme: theme()
  });
  terminal.attachCustomKeyEventHandler(() => false);
  terminal.open(element);
  terminal.textarea.readOnly = true;
  terminal.textarea.setAttribute('aria-label', 'Terminal, replayed');
  dark.addEventListener('change', () => terminal.setOption('theme', theme()));
  addEventListener('resize', () => fit(terminal, element));
  return terminal;
}

/** As large as the page has room for. */
export function fit(terminal, element) {
  const size = Math.floor((element.clientWidth - 24) / terminal.cols / WIDTH_TO_HEIGHT);
  terminal.setOption('fontSize', Math.max(SMALLEST_FONT, Math.min(LARGEST_FONT, size)));
}

/** What is selected; else all that there is, with lines as they were before the terminal broke them. */
export function textOf(terminal) {
  if (terminal.hasSelection()) {
    return terminal.getSelection();
  }
  const buffer = terminal.buffer.active;
  let text = '';
  for (let i = 0; i < buffer.length; i++) {
    const line = buffer.getLine(i);
    const goesOn = buffer.getLine(i + 1)?.isWrapped ?? false;
    text += line.translateToString(!goesOn) + (goesOn ? '' : '\n');
  }
  return text.trimEnd() + '\n';
}
