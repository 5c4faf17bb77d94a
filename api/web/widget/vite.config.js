import { gzipSync } from "node:zlib";
import { defineConfig } from "vite";

const MAX_GZIPPED = 15 * 1024;

/** Fails the build when the script that every shop page loads grows too big. */
function sizeLimit() {
  return {
    name: "size-limit",
    generateBundle(_options, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        const size = gzipSync(file.code ?? file.source).length;
        if (size > MAX_GZIPPED) {
          this.error(`${name} is ${size} bytes gzipped; the limit is ${MAX_GZIPPED}`);
        }
        this.info(`${name}: ${size} of ${MAX_GZIPPED} bytes gzipped`);
      }
    },
  };
}

export default defineConfig({
  plugins: [sizeLimit()],
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    lib: {
      entry: "src/main.tsx",
      formats: ["iife"],
      name: "kedaiWidget",
      fileName: () => "widget.js",
    },
    // The folder holds a committed placeholder, so that Go can embed it before the first build.
    emptyOutDir: false,
  },
});
