// Keeps the cookie session alive under Dash's requests, tells when the server is away, and signs out.
(function () {
  const REFRESH = "/api/v1/auth/refresh";
  const LOGOUT = "/api/v1/auth/logout";
  const HOME = "/";
  const plainFetch = window.fetch.bind(window);
  let renewal = null;

  function cookie(name) {
    const pair = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
  }

  // Several requests may find the token expired at once; one renewal serves them all.
  function renew() {
    renewal ??= plainFetch(REFRESH, {
      method: "POST",
      headers: { "X-CSRF-TOKEN": cookie("csrf_refresh_token") },
    })
      .then((response) => response.ok)
      .finally(() => {
        renewal = null;
      });
    return renewal;
  }

  function withToken(init) {
    const headers = new Headers(init?.headers);
    headers.set("X-CSRF-TOKEN", cookie("csrf_access_token"));
    return { ...init, headers };
  }

  function tellConnection(isLost) {
    document.documentElement.toggleAttribute("data-offline", isLost);
  }

  async function send(url, init) {
    let response = await plainFetch(url, init);
    if (response.status === 401 && (await renew())) response = await plainFetch(url, withToken(init));
    return response;
  }

  window.fetch = async function (url, init) {
    if (typeof url !== "string" || !new URL(url, location.href).pathname.startsWith("/dashboard/_dash-")) {
      return plainFetch(url, init);
    }
    try {
      const response = await send(url, init);
      tellConnection(response.status >= 500);
      if (response.status === 401) {
        location.assign(HOME + "?next=" + encodeURIComponent(location.pathname + location.search));
      }
      if (response.status === 403) location.assign(HOME);
      return response;
    } catch (error) {
      tellConnection(true);
      throw error;
    }
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.lernejo = {
    addressOf: (classroom) => (classroom ? "?class=" + encodeURIComponent(classroom) : ""),
    signOut: async (clicks) => {
      if (!clicks) return false;
      try {
        const response = await send(LOGOUT, withToken({ method: "POST" }));
        // 401: the session was over before; either way nobody is signed in here any more.
        if (response.ok || response.status === 401) {
          location.assign(HOME);
          return true;
        }
      } catch {
        // Told below.
      }
      tellConnection(true);
      return false;
    },
  };
})();
