/* Runs before the page is painted, in every browser however old: nothing after ES3 here. */
(function () {
  var root = document.documentElement;
  var names = ["theme", "size", "justify"];
  var modern = !!(window.Element && "replaceChildren" in Element.prototype && "replaceAll" in String.prototype);
  if (!modern) {
    window.onload = function () {
      var note = document.getElementById("wf-old");
      if (note) note.removeAttribute("hidden");
    };
    return;
  }
  root.className = "js";
  for (var i = 0; i < names.length; i++) {
    try {
      var value = window.localStorage.getItem("wenfang:set:" + names[i]);
      if (value) root.setAttribute("data-" + names[i], value);
    } catch (e) {
      return;
    }
  }
})();
