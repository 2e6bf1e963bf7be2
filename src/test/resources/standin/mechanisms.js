// Every way in which a page of Nomad's reaches an address: each takes one and tells the one that the browser then used.
// Everything here is written as if there were no prefix. ?elsewhere= names another origin.
const nowhere = document.implementation.createHTMLDocument(''); // elements of it load nothing
const resolved = (address) => new URL(address, document.baseURI).href;
const html = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
const event = (target, type) => new Promise((resolve, reject) => {
  target.addEventListener(type, resolve, { once: true });
  target.addEventListener('error', () => reject(new Error(`no ${type}`)), { once: true });
});

// Loads it as a chunk loader does; an element of another origin is one that the page's policy forbids.
async function loaded(element) {
  const address = resolved(element.src || element.href.baseVal || element.href);
  if (new URL(address).origin === location.origin) {
    const load = event(element, 'load');
    if (!element.isConnected) {
      document.head.append(element);
    }
    await load;
  }
  return element.currentSrc || address;
}

function element(name, how) {
  const created = document.createElement(name);
  how(created);
  return created;
}

const holder = (name) => document.body.appendChild(document.createElement(name));
const image = (address) => `<p>/ui/ <img src="${html(address)}"></p>`;

async function fetched(input) {
  const response = await fetch(input);
  await response.text();
  return response.url;
}

class NamedSocket extends WebSocket {
}

async function socketTo(Kind, address) {
  const socket = new Kind(address.replace(/^http/, 'ws'));
  await event(socket, 'open');
  socket.close();
  return socket.url;
}

async function shown(change, address) {
  const before = location.href;
  try {
    change(address);
    return location.href;
  } finally {
    history.replaceState(null, '', before);
  }
}

const ways = {
  'fetch': (address) => fetched(address),
  'fetch of a URL': (address) => fetched(new URL(address, document.baseURI)),
  'fetch of a Request': (address) => fetched(new Request(address)),
  async 'XMLHttpRequest'(address) {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.send();
    await event(request, 'load');
    return request.responseURL;
  },
  'WebSocket': (address) => socketTo(WebSocket, address),
  'class of WebSocket': (address) => socketTo(NamedSocket, address),
  async 'EventSource'(address) {
    const source = new EventSource(address);
    await event(source, 'open');
    source.close();
    return source.url;
  },
  'sendBeacon': (address) => new Promise((resolve) => {
    const tail = address.slice(address.indexOf('&way='));
    new PerformanceObserver((list, observer) => {
      const sent = list.getEntries().find((entry) => entry.name.endsWith(tail));
      if (sent) {
        observer.disconnect();
        resolve(sent.name);
      }
    }).observe({ type: 'resource', buffered: true });
    navigator.sendBeacon(address, '');
  }),
  'Worker': async (address) => (await event(new Worker(address), 'message')).data,
  'script.src': (address) => loaded(element('script', (script) => { script.src = address; })),
  'link.href': (address) => loaded(element('link', (link) => {
    link.rel = 'stylesheet';
    link.href = address;
  })),
  'img.src': (address) => loaded(element('img', (img) => { img.src = address; })),
  'img.srcset': async (address) => {
    const srcset = nowhere.createElement('img');
    srcset.srcset = `data:image/gif;base64,/v1/ 3x, ${address} 1x,${address} 2x`;
    const [data, , one, , two] = srcset.srcset.split(/ |(?<=x),/).filter(Boolean);
    return data === 'data:image/gif;base64,/v1/' && one === two ? resolved(one) : srcset.srcset;
  },
  'setAttribute': (address) => loaded(element('img', (img) => img.setAttribute('SRC', address))),
  async 'setAttributeNS'(address) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'image');
    svg.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', address);
    return resolved(svg.href.baseVal);
  },
  'setAttributeNode': (address) => loaded(element('img', (img) => {
    const node = document.createAttribute('src');
    node.value = address;
    img.setAttributeNode(node);
  })),
  'innerHTML': (address) => {
    const to = holder('div');
    to.innerHTML = image(address);
    return loaded(to.querySelector('img'));
  },
  'innerHTML of a template': (address) => {
    const template = document.createElement('template');
    template.innerHTML = image(address);
    return loaded(holder('div').appendChild(document.importNode(template.content, true).querySelector('img')));
  },
  'innerHTML of a shadow': (address) => {
    const root = holder('div').attachShadow({ mode: 'open' });
    root.innerHTML = image(address);
    return loaded(root.querySelector('img'));
  },
  'outerHTML': (address) => {
    const to = holder('div');
    to.append(document.createElement('b'));
    to.firstChild.outerHTML = image(address);
    return loaded(to.querySelector('img'));
  },
  'insertAdjacentHTML': (address) => {
    const to = holder('div');
    to.insertAdjacentHTML('afterbegin', image(address));
    return loaded(to.querySelector('p > img'));
  },
  'DOMParser': (address) => {
    const parsed = new DOMParser().parseFromString(image(address), 'text/html');
    return loaded(holder('div').appendChild(document.importNode(parsed.querySelector('img'), true)));
  },
  async 'document.write'(address) {
    const img = written.get(address);
    return img.title === TITLE ? loaded(img) : img.title;
  },
  'pushState': (address) => shown((to) => history.pushState(null, '', to), address),
  'replaceState': (address) => shown((to) => history.replaceState(null, '', to), address),
};

// Elements that Nomad's policy does not let load: what they would load is what they say.
for (const [name, property] of [['a', 'href'], ['area', 'href'], ['base', 'href'], ['form', 'action'],
  ['button', 'formAction'], ['input', 'formAction'], ['input', 'src'], ['iframe', 'src'], ['embed', 'src'],
  ['source', 'src'], ['track', 'src'], ['video', 'src'], ['audio', 'src'], ['video', 'poster'], ['source', 'srcset']]) {
  ways[`${name}.${property}`] = async (address) => {
    const created = nowhere.createElement(name);
    created[property] = address;
    return resolved(created.getAttribute(property));
  };
}

const query = new URLSearchParams(location.search);
const environment = document.querySelector('meta[name="nomad-ui/config/environment"]').content;
const root = JSON.parse(decodeURIComponent(environment)).rootURL.replace(/\/ui\/$/, '');
const kinds = {
  absolute: (path) => path,
  'own origin': (path) => location.origin + path,
  'own host': (path) => `//${location.host}${path}`,
  prefixed: (path) => root + path,
  relative: (path) => `..${path}`,
  neighbour: (path) => `/a${path}`,
  elsewhere: (path) => query.get('elsewhere') + path,
};
// Only a socket may be opened at Nomad's own path for one; what the others ask for is answered to please them.
const path = (way, kind) => (way.includes('WebSocket')
  ? '/v1/client/allocation/ec400000-0000-4000-8000-000000000002/exec?task=sh&command=["/bin/sh"]&way='
  : '/v1/job/team%2Fbatch;a=b?q=["/v1/","/ui/"]&way=') + encodeURIComponent(`${way} ${kind}`);
const impossible = { Worker: ['elsewhere'], pushState: ['elsewhere'], replaceState: ['elsewhere'] };

// Written in pieces, and with what only looks like an address.
const TITLE = '>/ui/<i src="/v1/">';
const written = new Map();
function write(address, name) {
  document.write('<p>"', `<${name} id=written title='${TITLE}' src="${html(address)}">`, '</p>');
  written.set(address, document.getElementById('written'));
  written.get(address).id = '';
}

async function attempt(way, kind) {
  const given = kinds[kind](path(way, kind));
  const item = document.createElement('li');
  item.dataset.way = way;
  item.dataset.kind = kind;
  item.dataset.given = given;
  try {
    item.dataset.used = await ways[way](given);
  } catch (error) {
    item.dataset.used = String(error);
  }
  item.textContent = `${way}, ${kind}: ${item.dataset.used}`;
  document.getElementById('results').append(item);
}

async function attemptAll() {
  const attempts = [];
  for (const way of Object.keys(ways)) {
    for (const kind of Object.keys(kinds).filter((each) => !impossible[way]?.includes(each))) {
      attempts.push(attempt(way, kind));
    }
  }
  await Promise.all(attempts);
  document.getElementById('status').textContent = 'tried';
}

if (query.has('elsewhere')) {
  for (const [kind, make] of Object.entries(kinds)) {
    write(make(path('document.write', kind)), kind === 'elsewhere' ? 'input' : 'img'); // which loads nothing
  }
  attemptAll();
}

// Ways out of this page: each takes an address and goes there.
const anchor = (address) => Object.assign(document.createElement('a'), { href: address });
function form(address) {
  const created = holder('form');
  created.append(Object.assign(document.createElement('input'), { name: 'attributes', value: '1' }));
  created.append(document.createElement('button'));
  created.setAttribute('action', address);
  return created;
}

window.leave = {
  'link': (address) => document.body.appendChild(anchor(address)).click(),
  'link that is nowhere': (address) => anchor(address).click(),
  'link changed behind our back'(address) {
    const link = document.body.appendChild(anchor('data:,'));
    link.append(document.createElement('b'));
    link.attributes.href.value = address;
    link.firstChild.click();
  },
  'form submitted by its button': (address) => form(address).querySelector('button').click(),
  'form submitted by its script': (address) => form(address).submit(),
  'form asked to submit': (address) => form(address).requestSubmit(),
  'form changed behind our back'(address) {
    const created = form('data:,');
    Element.prototype.getAttributeNode.call(created, 'action').value = address;
    created.submit();
  },
  'button of its own': (address) => Object.assign(form('/elsewhere').querySelector('button'), { formAction: address }).click(),
  'location.href': (address) => { location.href = address; },
  'location.assign': (address) => location.assign(address),
  'location.replace': (address) => location.replace(address),
  'window.location': (address) => { window.location = address; },
};
