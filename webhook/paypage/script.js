"use strict";
(function () {
  var main = document.getElementById("main"), say = document.getElementById("say");
  var source, timer, held, asked = 0, looks = 0;

  // In seconds. The stream beats every ten: who has missed three is no longer told anything.
  var silence = 35, reconnect = 100;

  document.documentElement.className = "js";
  document.addEventListener("click", function (e) {
    if (e.target.closest && e.target.closest("[data-print]")) print();
  });
  var wrong = main.querySelector("[aria-invalid]");
  if (wrong) wrong.addEventListener("focus", function () { wrong.select(); }, {once: true}); // what is typed takes its place
  if (!main.dataset.events) return;

  function isFinal() { return "final" in main.firstElementChild.dataset; }

  // What somebody is typing stays: the page can be drawn when they have done.
  function isTyping() {
    return [].some.call(main.querySelectorAll("input"), function (field) {
      return field === document.activeElement || field.value !== field.defaultValue;
    });
  }

  function show(html, version) {
    held = null;
    if (version === main.dataset.version) return;
    if (isTyping()) {
      held = [html, version];
      return;
    }
    var inside = main.contains(document.activeElement);
    var unfolded = main.querySelector("details[open]");
    main.innerHTML = html;
    main.dataset.version = version;
    document.title = main.firstElementChild.dataset.title;
    var heading = main.querySelector("h1");
    var folded = main.querySelector("details");
    if (unfolded && folded) folded.open = true;
    if (isFinal()) scrollTo(0, 0);
    if (inside) heading.focus();
    say.textContent = heading.textContent;
  }

  function stop() {
    asked++;
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }

  // The page is looked at unless something is heard before.
  function wait(seconds) {
    clearTimeout(timer);
    timer = setTimeout(look, seconds * 1000);
  }

  // Shops have many customers: they don't all ask in the same second.
  function later(seconds) { wait(seconds * (1 + Math.random() / 2)); }

  function look() {
    stop();
    wait(silence); // the answer may never come
    var mine = asked;
    fetch(location.href, {cache: "no-store"}).then(function (answer) {
      if (mine !== asked) return;
      if (!answer.ok && answer.status !== 404) {
        later(Number(answer.headers.get("Retry-After")) || 30);
        return;
      }
      return answer.text().then(function (text) {
        if (mine !== asked) return;
        var other = new DOMParser().parseFromString(text, "text/html").getElementById("main");
        show(other.innerHTML, other.dataset.version);
        if (++looks % 6) later(pause());
        else follow();
      });
    }).catch(function () { if (mine === asked) later(pause()); });
  }

  // What has ended may still be opened again, or given back: looking for that can wait.
  function pause() { return isFinal() ? 180 : 10; }

  function follow() {
    stop();
    if (!window.EventSource) return later(pause());
    var mine = source = new EventSource(main.dataset.events + "&v=" + main.dataset.version);
    function hear() { if (mine === source) wait(silence); }
    mine.onopen = hear;
    mine.addEventListener("beat", hear);
    mine.onmessage = function (e) {
      hear();
      show(e.data, e.lastEventId);
    };
    mine.onerror = function () {
      if (mine !== source) return;
      if (mine.readyState === EventSource.CLOSED) later(pause());
      else wait(reconnect); // the browser comes back when the shop has asked it to, in a minute at most
    };
    wait(silence);
  }

  main.addEventListener("focusout", function () {
    setTimeout(function () { if (held) show(held[0], held[1]); }, 0);
  });
  // Back from the bank's app, or in the network again: what has happened meanwhile is shown at once.
  document.addEventListener("visibilitychange", function () { if (!document.hidden) follow(); });
  addEventListener("online", follow);
  addEventListener("pageshow", function (e) { if (e.persisted) follow(); });
  addEventListener("pagehide", stop);
  follow();
})();
