import "./styles/index.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Providers } from "./app/Providers";
import { AppRoutes } from "./app/routes";
import { startI18n } from "./i18n";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has lost its root element");

// Words first: a screen that flashes its keys looks broken.
await startI18n();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <AppRoutes />
    </Providers>
  </StrictMode>,
);
