/** The side of the canvas in pixels: ten per pixel of the network's 28×28 input. */
export const SIDE = 280;

/** Matches the stroke width of MNIST's digits, relative to their size. */
const PEN_WIDTH = 22;

/** Holds strokes of white ink or an image. Calls back on each change, with whether the stroke is complete. */
export class Pad {
  #strokes = [];
  #image = null;

  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.context = canvas.getContext('2d');
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
    this.#draw(this.#strokes.at(-1).slice(-2));
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

  /** Shows an image: a canvas of any size. */
  setImage(image) {
    this.#strokes = [];
    this.#image = image;
    this.#redraw();
    this.changed(true);
  }

  /** Encodes the pad's content as a PNG: an image unchanged, strokes in white on black. */
  toPng() {
    const source = this.#image ?? this.#onBlack();
    return new Promise(resolve => source.toBlob(resolve, 'image/png'));
  }

  #onBlack() {
    const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
    const context = canvas.getContext('2d');
    context.fillRect(0, 0, SIDE, SIDE);
    context.drawImage(this.canvas, 0, 0);
    return canvas;
  }

  #redraw() {
    this.context.clearRect(0, 0, SIDE, SIDE);
    this.#strokes.forEach(stroke => this.#draw(stroke));
    if (this.#image) {
      const { width, height } = this.#image;
      const scale = SIDE / Math.max(width, height);
      this.context.drawImage(this.#image, (SIDE - width * scale) / 2, (SIDE - height * scale) / 2, width * scale, height * scale);
    }
  }

  #draw([first, ...rest]) {
    Object.assign(this.context, { lineWidth: PEN_WIDTH, lineCap: 'round', lineJoin: 'round', strokeStyle: '#fff' });
    this.context.beginPath();
    this.context.moveTo(...first);
    // A zero-length line would not draw a dot.
    (rest.length > 0 ? rest : [[first[0] + 0.1, first[1]]]).forEach(point => this.context.lineTo(...point));
    this.context.stroke();
  }
}
