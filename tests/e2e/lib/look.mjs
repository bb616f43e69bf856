// For whoever looks: pictures of a page in light and dark, wide and narrow, where MUFAKAT_LOOK names a folder for them.

/** Takes the pictures. */
export async function look(page, name, fullPage = true) {
  if (!process.env.MUFAKAT_LOOK) return;
  const whole = page.viewportSize();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: `${process.env.MUFAKAT_LOOK}/${name}-${width}-${colorScheme}.png`, fullPage });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (whole) await page.setViewportSize(whole);
}
