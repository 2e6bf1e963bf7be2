// What a page may ask about the functions that the script stands in for, and their answers by name.
() => {
  const told = {};
  const tell = (name, use) => { try { told[name] = String(use()); } catch (e) { told[name] = e.name + ': ' + e.message; } };
  const owners = { window, XMLHttpRequest: XMLHttpRequest.prototype, Element: Element.prototype, History: History.prototype,
    Navigator: Navigator.prototype, Document: Document.prototype, Storage: Storage.prototype, Form: HTMLFormElement.prototype,
    Anchor: HTMLAnchorElement.prototype, Script: HTMLScriptElement.prototype, StorageEvent: StorageEvent.prototype,
    DOMParser: DOMParser.prototype };
  for (const [owner, object] of Object.entries(owners)) {
    for (const name of Object.getOwnPropertyNames(object).filter((each) => !/^(Proxy|Reflect)$/.test(each))) {
      const property = Object.getOwnPropertyDescriptor(object, name);
      tell(owner + ' ' + name, () => JSON.stringify(Object.keys(property).filter((each) => property[each])));
      for (const kind of ['get', 'set', 'value'].filter((each) => typeof property[each] === 'function')) {
        const f = property[kind];
        tell([owner, name, kind], () => [f.name, f.length, Object.getOwnPropertyNames(f), typeof f.prototype,
          /\[native code\]/.test(Function.prototype.toString.call(f)), f.prototype?.constructor === f]);
        if (object !== window) {
          tell([owner, name, kind, 'called on nothing'], () => f.call({}, '/v1/', '/v1/', '/v1/'));
        }
      }
    }
  }
  for (const Kind of [WebSocket, EventSource, Request, Worker, SharedWorker, StorageEvent]) {
    tell(Kind.name + ' with nothing', () => new Kind());
    tell(Kind.name + ' without new', () => Kind('/v1/'));
    tell(Kind.name + ' with a symbol', () => new Kind(Symbol()));
  }
  class Mine extends Request { }
  tell('class', () => [new Mine('x') instanceof Mine, new Mine('x') instanceof Request, Object.getPrototypeOf(Mine) === Request]);
  tell('request of a request', () => new Request(new Request('x', { method: 'PUT' })).method);
  tell('statics', () => [WebSocket.OPEN, EventSource.CLOSED, new Request('x').constructor === Request]);
  tell('history', () => [history.pushState({ a: 1 }, ''), history.state.a, history.replaceState(2, '', null),
    history.pushState(3, '', undefined), history.state, location.hash]);
  tell('history elsewhere', () => { try { history.pushState(null, '', 'https://elsewhere.test/v1/'); } catch (e) { return e.name; } });
  tell('history with nothing', () => history.pushState());
  tell('open with nothing', () => new XMLHttpRequest().open());
  tell('open of a method', () => new XMLHttpRequest().open('GET'));
  const link = document.createElement('a');
  let asked = 0;
  tell('text once', () => { link.href = { toString() { asked++; return '/x/'; } }; return asked; });
  tell('text twice', () => { link.setAttribute('href', { toString() { asked++; return '/v1/'; } }); return asked; });
  tell('fetch of what has no text', () => Object.prototype.toString.call(fetch({ toString() { throw new RangeError('no'); } }).catch(() => {})));
  tell('text never', () => { link.href = { toString() { throw new RangeError('no'); } }; });
  tell('values', () => [null, undefined, 1, true].map((each) => { link.setAttribute('href', each); return link.getAttribute('href'); }));
  tell('other attributes', () => ['title', 'constructor', 'data-href', 'xmlns'].map((each) => {
    link.setAttribute(each, '/v1/'); return link.getAttribute(each); }));
  tell('attribute with nothing', () => link.setAttribute());
  tell('attribute without value', () => link.setAttribute('href'));
  tell('attribute of a bad name', () => link.setAttribute('<', '/v1/'));
  tell('no attribute node', () => link.setAttributeNode(null));
  const p = document.createElement('p');
  tell('markup', () => ['<b>/v1/</b>', '<pre>\n\n/v1/</pre>', '<tr><td>/ui/', '<p>/v1/<p>', null, undefined, 1, ''].map((each) => {
    p.innerHTML = each; return p.innerHTML; }));
  tell('markup of others', () => ['textarea', 'style', 'table', 'select', 'template', 'pre', 'title'].map((each) => {
    const e = document.createElement(each); e.innerHTML = '<tr><td><b title="/v1/">/ui/</b>'; return e.innerHTML; }));
  tell('markup of svg', () => { const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.innerHTML = '<path d="/v1/"/><image/>'; return [svg.lastChild.localName, svg.lastChild.namespaceURI, svg.innerHTML]; });
  tell('markup twice', () => { p.innerHTML = '<i></i>'; const i = p.firstChild; i.outerHTML = '/v1/<b>x</b>'; return p.innerHTML + i.parentNode; });
  tell('outer alone', () => { document.createElement('p').outerHTML = '/v1/'; });
  tell('outer of all', () => { document.documentElement.outerHTML = '/v1/'; });
  tell('adjacent', () => { p.innerHTML = '<i></i>'; for (const each of ['beforebegin', 'AFTERBEGIN', 'beforeEnd', 'afterend']) {
    p.firstElementChild.insertAdjacentHTML(each, each + '/v1/'); } return p.innerHTML; });
  tell('adjacent nowhere', () => p.insertAdjacentHTML('nowhere', '/v1/'));
  tell('adjacent alone', () => document.createElement('p').insertAdjacentHTML('afterend', '/v1/'));
  tell('adjacent to all', () => document.documentElement.insertAdjacentHTML('afterend', '/v1/'));
  tell('adjacent with nothing', () => p.insertAdjacentHTML('beforeend'));
  tell('script of markup', () => { p.innerHTML = '<script>window.ran = "/v1/"</' + 'script>'; document.body.append(p); return window.ran; });
  tell('parsed', () => new DOMParser().parseFromString('<a href="/v1/"/>', 'text/xml').documentElement.getAttribute('href'));
  tell('parsed with nothing', () => new DOMParser().parseFromString());
  tell('beacon with nothing', () => navigator.sendBeacon());
  return told;
}
