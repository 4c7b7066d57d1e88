"use strict";
(() => {
  const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const root = document.documentElement;
  const page = one("page"), side = document.querySelector(".side"), here = one("here"), found = one("found");
  const runs = all(".r"), claims = new Map(), byClaim = new Map(), tables = new Map();
  root.classList.add("js");
  all(".controls,.switch,.help").forEach((element) => { element.hidden = false; });
  const fit = () => root.style.setProperty("--head", document.querySelector("header").offsetHeight + "px");
  fit();
  addEventListener("resize", fit);

  /* the id of a reading begins with its record's and goes on with what the style shows of it */
  const drawn = new Map();
  const suffix = (reading) => {
    if (!drawn.has(reading.className))
      drawn.set(reading.className, getComputedStyle(reading, "::before").content.slice(1, -1));
    return drawn.get(reading.className);
  };
  for (const card of all(".card")) {
    const prefix = card.id.replace("/", "-").replaceAll("_", "-") + "-";
    for (const reading of all("u:not([id])", card)) reading.id = "readings/" + prefix + suffix(reading);
  }
  /* claims are numbered as they stand here */
  const numbers = new Map();
  all("li[id]>a,.card dd>a").filter((link) => /^#r\d+$/.test(link.hash)).forEach((link, at) => {
    const claim = link.closest("li,.card"), card = claim.closest(".card");
    numbers.set(claim, String(at));
    claims.set(String(at), claim);
    tables.set(String(at), card ? card.id.split("/")[0] : "");
  });
  for (const run of runs) {
    run.segment = run.parentElement.dataset.seg;
    run.claims = run.dataset.c ? run.dataset.c.split(" ") : [];
    for (const number of [...run.claims, run.segment]) {
      if (!byClaim.has(number)) byClaim.set(number, []);
      byClaim.get(number).push(run);
    }
  }
  const squeezed = (text) => text.replace(/\s+/gu, "");
  const folded = (text) => squeezed(text).toLowerCase();

  /* what is lit */
  const clear = () => all(".on,.hit,.at").forEach((element) => element.classList.remove("on", "hit", "at"));
  const light = (numbers) => numbers.flatMap((number) => byClaim.get(number) || []).map((run) => {
    run.classList.add("on");
    return run;
  });
  const into = (element, box) => {
    const outer = box.getBoundingClientRect(), inner = element.getBoundingClientRect();
    if (box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible") {
      if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40)
        box.scrollTop += inner.top - outer.top - Math.min(120, box.clientHeight / 3);
    } else element.scrollIntoView({block: box === side ? "start" : "center"});
  };
  const paper = document.querySelector(".paper");
  const earliest = (lit) => lit.reduce((first, run) => (runs.indexOf(run) < runs.indexOf(first) ? run : first), lit[0]);

  /* views and addresses */
  const views = all(".view");
  const view = (id) => {
    for (const section of views) section.classList.toggle("now", section.id === id);
    all("nav a").forEach((link) => {
      if (link.hash === "#" + id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const said = one("said");
  const say = (text) => {
    said.textContent = text;
    setTimeout(() => { said.textContent = ""; }, 2500);
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(said.dataset.copied);
  };
  const citation = one("citation"), bibtex = one("bibtex");
  const address = (id) => location.href.split("#")[0] + "#" + id;
  const tools = (card) => {
    if (card.querySelector(".id")) return;
    const line = document.createElement("p"), code = document.createElement("code");
    line.className = "id";
    code.textContent = card.id;
    line.append(code);
    card.querySelector("summary").after(line);
    line.append(button(said.dataset.link, () => copy(address(card.id))));
    if (citation)
      line.append(button(said.dataset.cite, () => copy(citation.textContent + " " + address(card.id))));
  };
  if (citation) {
    citation.after(button(said.dataset.cite, () => copy(citation.textContent)));
    bibtex.after(button(said.dataset.cite + " (BibTeX)", () => copy(bibtex.textContent)));
  }
  const show = (id, quietly) => {
    const target = one(id);
    clear();
    if (!target) return;
    const section = target.closest(".view");
    if (section) view(section.id);
    for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    const card = target.closest(".card");
    if (card) {
      tools(card);
      for (const other of all(".card[open]")) if (other !== card) other.open = false;
    }
    let lit = [];
    if (numbers.has(target)) {
      target.classList.add("on");
      lit = light([numbers.get(target)]);
    } else if (card === target) {
      lit = light(all("li", card).filter((claim) => numbers.has(claim) && !claim.id.startsWith("segments/")).map((claim) => numbers.get(claim)));
    } else if (target.classList.contains("r")) {
      target.classList.add("on");
      lit = [target];
    } else if (target.closest(".vocabulary") && !target.matches("details")) target.classList.add("on");
    if (card && card.id.startsWith("issues/")) lit = lit.concat(light([numbers.get(card)].filter(Boolean)));
    if (lit.length) into(earliest(lit), paper);
    if (section && !target.classList.contains("r")) into(target, side);
    if (!quietly && card === target) target.querySelector("summary").focus({preventScroll: true});
  };
  const go = () => show(decodeURIComponent(location.hash.slice(1)));
  addEventListener("hashchange", go);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    const id = decodeURIComponent(link.hash.slice(1));
    if (link.matches("li[id]>a")) {
      event.preventDefault();
      history.replaceState(null, "", "#" + link.parentElement.id);
      show(link.parentElement.id, true);
    } else if ("#" + id === decodeURIComponent(location.hash)) show(id);
  });
  document.addEventListener("toggle", (event) => {
    const card = event.target;
    if (!card.open || !card.classList || !card.classList.contains("card") || !document.activeElement) return;
    if (document.activeElement.parentElement === card && decodeURIComponent(location.hash.slice(1)) !== card.id)
      location.hash = card.id;
  }, true);

  /* from a word to what rests on it */
  const visible = (number) => {
    const claim = claims.get(number);
    if (!claim) return false;
    const basis = bases.find((name) => claim.classList.contains("b-" + name));
    return (!basis || chosen.has(basis)) && (!table.value || tables.get(number) === table.value);
  };
  const entry = (claim) => {
    const item = document.createElement("li"), card = claim.closest(".card");
    const link = document.createElement("a");
    link.href = "#" + claim.id;
    const cell = claim.closest("dd");
    const name = card ? card.querySelector("summary").firstChild.data.trim() : claim.id;
    const what = cell && cell.previousElementSibling && !claim.matches(".card") ? " · " + cell.previousElementSibling.textContent : "";
    link.textContent = (card ? card.id.split("/")[0] + " · " : "") + name + what;
    item.className = claim.className.split(" ").filter((word) => word.startsWith("b-")).join(" ");
    item.append(link);
    return item;
  };
  const words = (run) => {
    const list = here.querySelector("ul");
    list.replaceChildren(...run.claims.filter(visible).map((number) => entry(claims.get(number))));
    here.hidden = !list.children.length;
    clear();
    run.classList.add("on", "at");
    if (!here.hidden) { side.scrollTop = 0; here.focus({preventScroll: true}); }
  };
  page.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    const run = event.target.closest(".r");
    if (run && run.claims.length) words(run);
  });

  /* filters */
  const boxes = all("#filter input"), table = one("table"), bases = boxes.map((box) => box.value);
  let chosen = new Set(bases);
  const filter = () => {
    chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const run of runs) {
      const left = run.claims.filter(visible).map((number) => claims.get(number));
      const ranks = left.map((claim) => bases.findIndex((name) => claim.classList.contains("b-" + name)));
      const last = Math.max(-1, ...ranks);
      const named = left.some((claim) => claim.id.startsWith("mentions/"));
      run.className = run.className.replace(/ b-\w+/, "") + " b-" + (last >= 0 ? bases[last] : named ? "mention" : "plain");
    }
  };
  one("filter").addEventListener("change", filter);

  /* as printed, or as reading text */
  for (const button of all(".switch button"))
    button.addEventListener("click", () => {
      root.classList.toggle("raw", button.dataset.mode === "raw");
      all(".switch button").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    });

  /* search */
  const cards = all(".card").map((card) => ({id: card.id, text: folded(card.textContent), name: card.querySelector("summary").textContent.trim()}));
  const terms = all(".vocabulary dt").map((term) => ({id: term.id, text: folded(term.textContent + term.nextElementSibling.textContent), name: term.textContent.trim()}));
  let printed = "";
  const owner = [];
  for (const run of runs) {
    const text = squeezed(run.textContent);
    printed += text;
    for (let at = 0; at < text.length; at += 1) owner.push(run);
  }
  const lowered = [...printed.split("")].map((char) => (char.toLowerCase().length === 1 ? char.toLowerCase() : char)).join("");
  const result = (href, name, text, start, size) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = href;
    link.textContent = name;
    item.append(link);
    if (text !== undefined) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, start + size);
      item.append(" ", text.slice(0, start), mark, text.slice(start + size));
    }
    return item;
  };
  const lines = (run) => {
    const mark = all("#page [data-l]").filter((line) => line.compareDocumentPosition(run) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINS));
    return mark.length ? mark[mark.length - 1].dataset.l : "1";
  };
  const search = (text) => {
    const wanted = folded(text), list = found.querySelector("ul");
    clear();
    found.hidden = !wanted;
    if (!wanted) return;
    const made = [...cards, ...terms].filter((entry) => entry.text.includes(wanted)).sort((one, other) =>
      Number(folded(other.name).includes(wanted)) - Number(folded(one.name).includes(wanted))).slice(0, 60).map((entry) => result("#" + entry.id, entry.id.split("/")[0] + " · " + entry.name));
    const places = [];
    for (let at = lowered.indexOf(wanted); at >= 0; at = lowered.indexOf(wanted, at + 1)) {
      for (let index = at; index < at + wanted.length; index += 1) owner[index].classList.add("hit");
      if (places.length < 40) {
        const from = Math.max(0, at - 10);
        places.push(result("#" + owner[at].id, found.dataset.page + ", " + found.dataset.line + " " + lines(owner[at]), printed.slice(from, at + wanted.length + 10), at - from, wanted.length));
      }
    }
    const rows = [...made, ...places];
    if (!rows.length) rows.push(Object.assign(document.createElement("li"), {textContent: found.dataset.none}));
    list.replaceChildren(...rows);
  };
  const input = one("search");
  let waiting;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => search(input.value), 120); });

  /* keys */
  let at = -1;
  const step = (by) => {
    const hits = runs.filter((run) => run.classList.contains("hit"));
    const stops = hits.length ? hits : runs.filter((run) => run.claims.some((number) => visible(number)));
    if (!stops.length) return;
    const current = runs[at];
    let index = stops.indexOf(current);
    if (index < 0) index = by > 0 ? stops.findIndex((run) => runs.indexOf(run) > at) - 1 : stops.length;
    const next = stops[(index + by + stops.length) % stops.length];
    all(".at").forEach((run) => run.classList.remove("at"));
    at = runs.indexOf(next);
    next.classList.add("at");
    next.tabIndex = -1;
    next.focus({preventScroll: true});
    into(next, paper);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      input.value = "";
      found.hidden = here.hidden = true;
      clear();
      return;
    }
    if (event.target.matches("input,select,textarea")) return;
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "/") { event.preventDefault(); input.focus(); }
    else if (event.key === "Enter" && event.target.classList.contains("r")) words(event.target);
  });

  view("records");
  if (location.hash) {
    go();
    addEventListener("load", () => setTimeout(go)); /* after the browser's own scrolling */
  }
})();
