/*
 * nomad-gate: lets Nomad's web UI run under a context path.
 *
 * Nomad's UI knows only /ui/… and /v1/…. This script runs before every other one of its pages and puts the gate's
 * context path before these addresses wherever they are used. It looks at addresses and never at the UI's code, so
 * that it need not know which version of Nomad it serves. Where a browser lacks one of the interfaces, the rest works.
 */
(() => {
  'use strict';

  // The gate put this script at <context path>/gate/prefix.js: no setting has to say where we are.
  const prefix = new URL(document.currentScript.src).pathname.replace(/\/gate\/prefix\.js$/, '');
  if (!prefix) {
    return;
  }

  // ---- Addresses

  // An absolute path of Nomad's, perhaps behind an authority. What is not matched is not ours: relative addresses,
  // data:, blob:, javascript:, the empty string, and paths of other applications.
  const NOMADS = /^([\0- ]*(?:(?:[a-z]+:)?\/\/[^/?#\\]*)?)(\/.*)$/is;
  const ROOT = /^\/(?:ui|v1)(?![^/?#])/;
  const ADAPTED = /^\/(?:ui|v1|gate)(?![^/?#])/;

  function isHere(authority) {
    try {
      const { origin, protocol, host } = new URL(authority || '/', document.baseURI);
      return origin === location.origin || (/^wss?:$/.test(protocol) && host === location.host);
    } catch {
      return false; // what the browser cannot read either is the browser's to refuse
    }
  }

  // Spliced in, not parsed and written again: %2F, ; and raw ["…"] are Nomad's and pass byte for byte. What is under
  // the prefix stays as it is even where the context path is /ui or /v1 itself, since Nomad has no /ui/ui, /ui/v1,
  // /v1/ui or /v1/v1: so each address gets the prefix once, however often it comes by.
  function spliced(text) {
    const [, authority, path] = NOMADS.exec(text) ?? [];
    const adapted = path?.startsWith(prefix) && ADAPTED.test(path.slice(prefix.length));
    return path && ROOT.test(path) && !adapted && isHere(authority.trim()) ? authority + prefix + path : text;
  }

  /** The address with the prefix where it needs it; otherwise exactly what was given. */
  function prefixed(address) {
    if (typeof address === 'string') {
      return spliced(address);
    }
    if (typeof address !== 'object' || address === null) {
      return address;
    }
    let text;
    try {
      text = String(address);
    } catch {
      return address; // what has no text is refused by each function in its own way
    }
    const result = spliced(text);
    // The browser's own objects (URL, Request) stay what they are; a page's own one is asked for its text only once.
    return result === text && Symbol.toStringTag in address ? address : result;
  }

  // A candidate's address and its size stand between commas and spaces; data: holds commas of its own.
  const prefixedSet = (text) => String(text).replace(/data:\S+|[^\s,]+/g, spliced);

  // ---- What pages call

  /** Replaces a function by one that callers cannot tell from it: same name, length, statics, prototype, errors. */
  function around(owner, name, advice) {
    const property = owner && Object.getOwnPropertyDescriptor(owner, name);
    const kind = ['value', 'set', 'get'].find((key) => property?.[key]);
    if (!kind) {
      return; // not in this browser
    }
    const standIn = new Proxy(property[kind], {
      apply: (native, self, args) => advice(args, (given, on = self) => Reflect.apply(native, on, given), self),
      construct: (native, args, target) => advice(args, (given) => Reflect.construct(native, given, target)),
    });
    Object.defineProperty(owner, name, { ...property, [kind]: standIn });
    if (kind === 'value' && property.value.prototype?.constructor === property.value) {
      property.value.prototype.constructor = standIn;
    }
  }

  /** Adapts the argument at an index, if there is one: to many functions a missing one is not undefined. */
  const argument = (index, adapt = prefixed) => (args, call) => {
    if (index < args.length) {
      args[index] = adapt(args[index], args[index - 1]);
    }
    return call(args);
  };

  for (const name of ['fetch', 'open', 'Request', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker']) {
    around(window, name, argument(0));
  }
  around(XMLHttpRequest.prototype, 'open', argument(1));
  around(Navigator.prototype, 'sendBeacon', argument(0));
  around(History.prototype, 'pushState', argument(2));
  around(History.prototype, 'replaceState', argument(2));
  around(window.Navigation?.prototype, 'navigate', argument(0));

  // ---- Elements

  const ATTRIBUTES = new Map([...['href', 'xlink:href', 'src', 'action', 'formaction', 'poster']
    .map((name) => [name, prefixed]), ['srcset', prefixedSet]]);
  const PROPERTIES = {
    href: ['Anchor', 'Area', 'Base', 'Link'],
    src: ['Embed', 'Frame', 'IFrame', 'Image', 'Input', 'Media', 'Script', 'Source', 'Track'],
    srcset: ['Image', 'Source'],
    action: ['Form'],
    formAction: ['Button', 'Input'],
    poster: ['Video'],
  };
  const attributesOf = Object.getOwnPropertyDescriptor(Element.prototype, 'attributes').get;

  const adaptedValue = (value, name) => ATTRIBUTES.get(String(name).toLowerCase())?.(value) ?? value;

  /** Adapts an attribute; one that needs nothing is not touched, as that could make the browser load it again. */
  function adaptAttribute(attribute) {
    const value = adaptedValue(attribute.value, attribute.name);
    if (value !== attribute.value) {
      attribute.value = value;
    }
    return attribute;
  }

  // Asked through the prototype: a form's own fields may be called "attributes".
  const adaptElement = (element) => [...attributesOf.call(element)].forEach(adaptAttribute);

  for (const [property, kinds] of Object.entries(PROPERTIES)) {
    for (const kind of kinds) {
      around(window[`HTML${kind}Element`]?.prototype, property, argument(0, ATTRIBUTES.get(property.toLowerCase())));
    }
  }
  around(Element.prototype, 'setAttribute', argument(1, adaptedValue));
  around(Element.prototype, 'setAttributeNS', argument(2, adaptedValue));
  for (const name of ['setAttributeNode', 'setAttributeNodeNS']) {
    around(Element.prototype, name, argument(0, (node) => (node instanceof Attr ? adaptAttribute(node) : node)));
  }

  // ---- Markup given as text: parsed where nothing is fetched, adapted, and only then put in its place

  const inert = document.implementation.createHTMLDocument('');
  const setMarkup = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML').set;

  const needsAdapting = (text, context) =>
    typeof text === 'string' && /\/(?:ui|v1)(?![\w-])/.test(text) && context instanceof Element;

  function adaptTree(root) {
    for (const element of root.querySelectorAll('*')) {
      adaptElement(element);
      if (element instanceof HTMLTemplateElement) {
        adaptTree(element.content);
      }
    }
    return root;
  }

  const contentOf = (node) => (node instanceof HTMLTemplateElement ? node.content : node);

  /** The nodes that the text stands for in this element: another one of its kind reads it by the same rules. */
  function nodes(text, context) {
    const like = inert.importNode(context, false);
    setMarkup.call(like, text);
    const fragment = inert.createDocumentFragment();
    for (const content = adaptTree(contentOf(like)); content.firstChild;) {
      fragment.append(content.firstChild);
    }
    return fragment;
  }

  for (const kind of [Element, ShadowRoot]) {
    around(kind.prototype, 'innerHTML', ([text], call, self) => {
      const context = self instanceof ShadowRoot ? self.host : self;
      return needsAdapting(text, context) ? contentOf(self).replaceChildren(nodes(text, context)) : call([text]);
    });
  }
  around(Element.prototype, 'outerHTML', ([text], call, self) => {
    const context = self instanceof Element && self.parentNode;
    return needsAdapting(text, context) ? self.replaceWith(nodes(text, context)) : call([text]);
  });

  const PLACES = { beforebegin: 'before', afterbegin: 'prepend', beforeend: 'append', afterend: 'after' };
  around(Element.prototype, 'insertAdjacentHTML', (args, call, self) => {
    const place = PLACES[String(args[0]).toLowerCase()];
    const context = /before|after$/.test(place) && self instanceof Element ? self.parentNode : self;
    return place && needsAdapting(args[1], context) ? self[place](nodes(args[1], context)) : call(args);
  });
  around(DOMParser.prototype, 'parseFromString', (args, call) => {
    const parsed = call(args);
    return parsed.contentType === 'text/html' ? adaptTree(parsed) : parsed; // other documents are data
  });

  // What is written while the page loads may be a piece that cannot be parsed alone: only here its text is searched.
  const TAGS = /<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
  const VALUES = /([^\s"'=<>/]+)(\s*=\s*["']?)((?<=")[^"]*|(?<=')[^']*|[^\s"'>]+)/g;
  const adaptedTag = (tag) =>
    tag.replace(VALUES, (_, name, before, value) => name + before + adaptedValue(value, name));
  for (const name of ['write', 'writeln']) {
    around(Document.prototype, name, (args, call) =>
      call(args.map((text) => (typeof text === 'string' ? text.replace(TAGS, adaptedTag) : text))));
  }

  // ---- The last net: what came into the page in another way is adapted when it is used

  const USED = [HTMLAnchorElement, HTMLAreaElement, SVGAElement, HTMLFormElement, HTMLButtonElement, HTMLInputElement];
  for (const type of ['click', 'auxclick', 'contextmenu', 'submit']) {
    addEventListener(type, (event) => [...event.composedPath(), event.submitter]
      .filter((node) => USED.some((kind) => node instanceof kind)).forEach(adaptElement), true);
  }
  around(HTMLFormElement.prototype, 'submit', (args, call, self) => {
    if (self instanceof HTMLFormElement) {
      adaptElement(self); // this way of submitting tells no listener
    }
    return call(args);
  });

  // Nothing may stand in for location: where the browser tells, a navigation that it starts is sent the right way.
  window.navigation?.addEventListener('navigate', (event) => {
    const address = prefixed(event.destination.url);
    const plain = !event.formData && (event.downloadRequest ?? null) === null;
    if (address !== event.destination.url && event.cancelable && plain) {
      event.preventDefault();
      location[event.navigationType === 'replace' ? 'replace' : 'assign'](address);
    }
  });

  // ---- Storage: shared by all gates of this origin, and one cluster's token is not for another

  const scope = `nomad-gate:${encodeURIComponent(prefix)}:`;
  const natives = new WeakMap(); // by what stands in for them
  const standIns = new WeakMap(); // the other way round
  const keys = (storage) => Object.keys(storage).filter((key) => key.startsWith(scope))
    .map((key) => key.slice(scope.length));

  const scoped = (name) => (typeof name === 'symbol' ? name : `${scope}${name}`);
  // What a storage has of its own, its methods above all, is no entry.
  const entry = (name) => (name in Storage.prototype ? name : scoped(name));
  const ENTRIES = {
    get: (storage, name, self) => Reflect.get(storage, entry(name), self),
    has: (storage, name) => Reflect.has(storage, entry(name)),
    set: (storage, name, value) => Reflect.set(storage, entry(name), value),
    deleteProperty: (storage, name) => Reflect.deleteProperty(storage, entry(name)),
    defineProperty: (storage, name, property) => Boolean(Object.defineProperty(storage, entry(name), property)),
    getOwnPropertyDescriptor: (storage, name) => Reflect.getOwnPropertyDescriptor(storage, entry(name)),
    ownKeys: (storage) => [...keys(storage), ...Object.getOwnPropertySymbols(storage)],
  };

  function standInFor(storage) {
    if (storage && !standIns.has(storage)) {
      const standIn = new Proxy(storage, ENTRIES);
      standIns.set(storage, standIn);
      natives.set(standIn, storage);
    }
    return standIns.get(storage) ?? storage;
  }

  /** Runs a method for one of ours on what it stands for, with the bare keys that callers know. */
  const onNative = (name, method) => around(Storage.prototype, name, (args, call, self) => {
    const storage = natives.get(self);
    return storage ? method(storage, args, (given) => call(given, storage)) : call(args);
  });
  for (const name of ['getItem', 'setItem', 'removeItem']) {
    onNative(name, (_, args, call) => call(args.map((arg, i) => (i === 0 ? scoped(arg) : arg))));
  }
  onNative('key', (storage, args, call) => (args.length ? keys(storage)[args[0] >>> 0] ?? null : call(args)));
  onNative('length', (storage) => keys(storage).length);
  onNative('clear', (storage) => keys(storage).forEach((key) => storage.removeItem(scope + key)));
  for (const name of ['localStorage', 'sessionStorage']) {
    around(window, name, (args, call) => standInFor(call(args)));
  }

  // An event that the page itself made carries the key that the page gave it.
  const eventKey = Object.getOwnPropertyDescriptor(StorageEvent.prototype, 'key').get;
  const isOurs = (event) => eventKey.call(event)?.startsWith(scope);
  addEventListener('storage', (event) => {
    if (event.isTrusted && event.key !== null && !isOurs(event)) {
      event.stopImmediatePropagation();
    }
  }, true);
  around(StorageEvent.prototype, 'key', (args, call, self) =>
    (self.isTrusted && isOurs(self) ? call(args).slice(scope.length) : call(args)));
  around(StorageEvent.prototype, 'storageArea', (args, call) => standInFor(call(args)));
  around(window, 'StorageEvent', argument(1, (init) =>
    (natives.has(init?.storageArea) ? { ...init, storageArea: natives.get(init.storageArea) } : init)));
})();
