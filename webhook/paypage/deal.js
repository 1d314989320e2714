(function () {
  var main = document.getElementById("main"), say = document.getElementById("say");
  var ahead = Number(main.dataset.now) - Date.now(); // of the shop's clock: a phone's may be wrong

  function count() {
    [].forEach.call(main.querySelectorAll("[data-until]"), function (time) {
      var left = Math.max(0, Math.round((Number(time.dataset.until) - Date.now() - ahead) / 1000));
      time.textContent = Math.floor(left / 60) + ":" + ("0" + left % 60).slice(-2);
    });
  }

  function tell(button) {
    button.dataset.ask = button.dataset.ask || button.textContent;
    button.textContent = say.textContent = button.dataset.done;
    setTimeout(function () { button.textContent = button.dataset.ask; }, 2000);
  }

  // For browsers that copy nothing without HTTPS.
  function copyByHand(button) {
    var field = document.createElement("textarea");
    field.className = "copying";
    field.value = button.dataset.copy;
    field.readOnly = true;
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    button.focus();
    if (done) tell(button);
    else getSelection().selectAllChildren(button.previousElementSibling);
  }

  document.addEventListener("click", function (e) {
    var button = e.target.closest && e.target.closest("[data-copy]");
    if (!button) return;
    if (!navigator.clipboard) return copyByHand(button);
    navigator.clipboard.writeText(button.dataset.copy).then(function () { tell(button); }, function () { copyByHand(button); });
  });

  // A deal takes seconds: who waits sees that the button was pressed.
  document.addEventListener("submit", function (e) {
    var button = e.target.querySelector("[data-wait]");
    if (!button) return;
    setTimeout(function () {
      button.dataset.ask = button.textContent;
      button.disabled = true;
      button.textContent = say.textContent = button.dataset.wait;
    }, 0);
  });
  addEventListener("pageshow", function (e) {
    var button = e.persisted && main.querySelector("[data-wait]:disabled");
    if (!button) return;
    button.disabled = false;
    button.textContent = button.dataset.ask;
  });

  new MutationObserver(count).observe(main, {childList: true});
  setInterval(count, 1000);
  count();
})();
