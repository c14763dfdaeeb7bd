/* Runs before the page is painted, in every browser however old: no syntax after ES5 here. */
(function () {
  var root = document.documentElement;
  root.className = "js";
  var read = function (name) {
    try {
      return window.localStorage.getItem("wenfang:" + name);
    } catch (e) {
      return null;
    }
  };
  var names = ["theme", "size", "justify"];
  for (var i = 0; i < names.length; i++) {
    var value = read("set:" + names[i]);
    if (value) root.setAttribute("data-" + names[i], value);
  }
  var modern = "replaceAll" in String.prototype && "replaceChildren" in Element.prototype;
  if (!modern) {
    root.className = "no-js";
    window.onload = function () {
      var note = document.getElementById("wf-old");
      if (note) note.removeAttribute("hidden");
    };
  }
})();
