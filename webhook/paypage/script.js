(function () {
  var main = document.getElementById("main");
  if (!main.dataset.events || !window.EventSource) return;
  var source = new EventSource(main.dataset.events + "?v=" + main.dataset.version);
  source.onmessage = function (e) {
    if (e.lastEventId === main.dataset.version) return;
    main.dataset.version = e.lastEventId;
    main.innerHTML = e.data;
  };
})();
