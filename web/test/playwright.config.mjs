import { defineConfig } from "@playwright/test";

const PORT = 8765;

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "out/results",
  timeout: 120_000,
  workers: 1,
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${PORT}/`,
    timezoneId: "Europe/Zurich",
    locale: "en-GB",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    },
  },
  webServer: { command: `node serve.mjs ${PORT}`, port: PORT, reuseExistingServer: false },
});
