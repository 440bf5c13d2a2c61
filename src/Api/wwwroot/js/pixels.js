const SIDE = 28;

/** Draws 28 rows of 28 bytes as white with alpha; CSS inverts it to black in the light theme. */
export function drawPixels(canvas, pixels) {
  const context = canvas.getContext('2d');
  const image = context.createImageData(SIDE, SIDE);
  image.data.fill(255);
  pixels.forEach((row, y) => row.forEach((ink, x) => {
    image.data[4 * (y * SIDE + x) + 3] = ink;
  }));
  context.putImageData(image, 0, 0);
}

export const clearPixels = canvas => canvas.getContext('2d').clearRect(0, 0, SIDE, SIDE);
