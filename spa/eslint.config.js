import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const features = ["session", "path", "lesson", "progress", "family", "settings"];

/** Imports point one way: app, then features, then ui, api and i18n; a feature never reaches into another. */
const layers = [
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@/app/*"], message: "A feature does not know the app around it." },
            {
              group: features.filter((other) => other !== feature).map((other) => `@/features/${other}/*`),
              message: "Features do not import each other: pass it in from the route.",
            },
          ],
        },
      ],
    },
  })),
  {
    files: ["src/ui/**", "src/api/**", "src/i18n/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@/app/*", "@/features/*"], message: "The base knows nothing of features." }] },
      ],
    },
  },
];

export default tseslint.config(
  { ignores: ["dist", "coverage", "src/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "vite.config.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-console": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["src/**/*.tsx"],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat["recommended-latest"]],
  },
  { files: ["public/**"], languageOptions: { globals: globals.browser, sourceType: "script" } },
  ...layers,
);
