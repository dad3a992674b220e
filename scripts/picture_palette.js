// Makes a screenshot light: the same picture as an indexed PNG of at most 256 colours. Given and returned in base64.
// Runs in the browser that drew it, whose canvas and deflate do the work.
async (base64) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);

  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  const colours = [...counts].sort((a, b) => b[1] - a[1]);
  const apart = (a, b) => ((a & 255) - (b & 255)) ** 2 + ((a >> 8 & 255) - (b >> 8 & 255)) ** 2 + ((a >> 16 & 255) - (b >> 16 & 255)) ** 2;

  // The commonest colours, then those that the palette so far renders worst.
  const palette = colours.slice(0, 160).map(([colour]) => colour);
  const rest = colours.slice(160).map(([colour, count]) => ({ colour, count, away: Math.min(...palette.map((p) => apart(p, colour))) }));
  while (palette.length < 256 && rest.length) {
    const worst = rest.reduce((a, b) => (b.away * Math.sqrt(b.count) > a.away * Math.sqrt(a.count) ? b : a));
    if (!worst.away) break;
    palette.push(worst.colour);
    for (const each of rest) each.away = Math.min(each.away, apart(each.colour, worst.colour));
  }

  const nearest = new Map();
  for (const [colour] of colours) {
    let best = 0;
    for (let i = 1; i < palette.length; i++) if (apart(palette[i], colour) < apart(palette[best], colour)) best = i;
    nearest.set(colour, best);
  }
  const rows = new Uint8Array((image.width + 1) * image.height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) rows[y * (image.width + 1) + 1 + x] = nearest.get(pixels[y * image.width + x]);
  }

  const crcs = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xEDB88320 ^ n >>> 1 : n >>> 1; return n; });
  const crc = (bytes) => ~bytes.reduce((sum, byte) => crcs[(sum ^ byte) & 255] ^ sum >>> 8, -1);
  const chunk = (name, data) => {
    const whole = new Uint8Array(data.length + 12);
    const view = new DataView(whole.buffer);
    view.setUint32(0, data.length);
    whole.set([...name].map((c) => c.charCodeAt(0)), 4);
    whole.set(data, 8);
    view.setUint32(data.length + 8, crc(whole.subarray(4, data.length + 8)) >>> 0);
    return whole;
  };
  const head = new Uint8Array(13);
  new DataView(head.buffer).setUint32(0, image.width);
  new DataView(head.buffer).setUint32(4, image.height);
  head.set([8, 3, 0, 0, 0], 8);
  const deflated = new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate")));
  const parts = [
    new Uint8Array([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    chunk("IHDR", head),
    chunk("PLTE", new Uint8Array(palette.flatMap((p) => [p & 255, p >> 8 & 255, p >> 16 & 255]))),
    chunk("IDAT", new Uint8Array(await deflated.arrayBuffer())),
    chunk("IEND", new Uint8Array(0)),
  ];
  const url = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(new Blob(parts));
  });
  return url.slice(url.indexOf(",") + 1);
}
