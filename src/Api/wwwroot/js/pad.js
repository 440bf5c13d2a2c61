/** The side of the pad, and of the image of a drawing in pixels. The canvas has more pixels, so that photos are sharp. */
export const SIDE = 280;
const SHARPNESS = 3;

/** The width of the ink that is shown. */
const PEN_WIDTH = 18;

/** The stroke width of MNIST's digits, relative to their size. */
const INK_WIDTH = 0.11;
const MIN_INK_WIDTH = 6;
const MAX_INK_WIDTH = 24;

/** Holds strokes of white ink or an image. Calls back on each change, with whether the stroke is complete. */
export class Pad {
  #strokes = [];
  #image = null;

  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.context = canvas.getContext('2d');
    canvas.width = canvas.height = SIDE * SHARPNESS;
    this.context.scale(SHARPNESS, SHARPNESS);
  }

  get isEmpty() {
    return this.#strokes.length === 0 && this.#image === null;
  }

  get isImage() {
    return this.#image !== null;
  }

  /** Starts a stroke. Drawing replaces an image. */
  begin(x, y) {
    this.#image = null;
    this.#strokes.push([[x, y]]);
    this.#redraw();
    this.changed(false);
  }

  moveTo(x, y) {
    this.#strokes.at(-1).push([x, y]);
    draw(this.context, this.#strokes.at(-1).slice(-2), PEN_WIDTH);
    this.changed(false);
  }

  end() {
    this.changed(true);
  }

  clear() {
    this.#strokes = [];
    this.#image = null;
    this.#redraw();
    this.changed(true);
  }

  undo() {
    this.#strokes.pop();
    this.#image = null;
    this.#redraw();
    this.changed(true);
  }

  setStrokes(strokes) {
    this.#image = null;
    this.#strokes = strokes;
    this.#redraw();
    this.changed(true);
  }

  /** Where the pixels of the content's image are on the pad, in fractions of its side, and whether boxes are shown around a single digit as well. */
  get frame() {
    const { width, height } = this.#image ?? { width: SIDE, height: SIDE };
    const scale = 1 / Math.max(width, height);
    return { x: (1 - width * scale) / 2, y: (1 - height * scale) / 2, scale, always: this.isImage };
  }

  /** Shows an image: { file, width, height, canvas }. */
  setImage(image) {
    this.#strokes = [];
    this.#image = image;
    this.#redraw();
    this.changed(true);
  }

  /** The pad's content as an image file: an image unchanged, strokes as a PNG in white on black. */
  async toFile() {
    if (this.#image) {
      return this.#image.file;
    }
    const blob = await new Promise(resolve => this.#onBlack().toBlob(resolve, 'image/png'));
    return new File([blob], 'drawing.png', { type: 'image/png' });
  }

  /** The strokes, as wide as those of MNIST's digits of the same size: small digits would be blots. */
  #onBlack() {
    const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
    const context = canvas.getContext('2d');
    context.fillRect(0, 0, SIDE, SIDE);
    const width = Math.min(MAX_INK_WIDTH, Math.max(MIN_INK_WIDTH, INK_WIDTH * Math.max(...this.#strokes.map(length))));
    this.#strokes.forEach(stroke => draw(context, stroke, width));
    return canvas;
  }

  #redraw() {
    this.context.clearRect(0, 0, SIDE, SIDE);
    this.#strokes.forEach(stroke => draw(this.context, stroke, PEN_WIDTH));
    if (this.#image) {
      const { width, height, canvas } = this.#image;
      const { x, y, scale } = this.frame;
      this.context.drawImage(canvas, SIDE * x, SIDE * y, SIDE * width * scale, SIDE * height * scale);
    }
  }
}

/** The longer side of the rectangle around a stroke. */
const length = stroke => Math.max(...[0, 1].map(axis => {
  const values = stroke.map(point => point[axis]);
  return Math.max(...values) - Math.min(...values);
}));

function draw(context, [first, ...rest], width) {
  Object.assign(context, { lineWidth: width, lineCap: 'round', lineJoin: 'round', strokeStyle: '#fff' });
  context.beginPath();
  context.moveTo(...first);
  // A zero-length line would not draw a dot.
  (rest.length > 0 ? rest : [[first[0] + 0.1, first[1]]]).forEach(point => context.lineTo(...point));
  context.stroke();
}
