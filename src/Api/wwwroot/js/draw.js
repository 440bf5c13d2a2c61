import { Problem, Unreachable } from './api.js';
import { whenReconnected } from './connection.js';
import { byId } from './dom.js';
import { nextExample } from './examples.js';
import { clearDigits, showDigits } from './found-digits.js';
import { verdict } from './format.js';
import { acceptImages } from './image-input.js';
import { drawWithKeyboard } from './keyboard.js';
import { Pad } from './pad.js';
import { drawWithPointer } from './pointer.js';
import { announce, showMessage, showPrediction } from './prediction.js';
import { Predictor } from './predictor.js';
import { clearTrace, showTrace } from './trace-view.js';
import { describeChange, lastChange } from './trace.js';

const pad = new Pad(byId('pad'), changed);
const predictor = new Predictor(predicted, failed);

/** Predicts the content of the pad again, for example when the active model changes. */
export function predictAgain() {
  if (!pad.isEmpty) {
    predict(true);
  }
}

function changed(complete) {
  byId('drop').classList.toggle('inked', !pad.isEmpty);
  byId('pad').classList.toggle('image', pad.isImage);
  if (pad.isEmpty) {
    predictor.drop();
    clearTrace();
    clearDigits();
    showMessage('Draw a digit to get a prediction.');
  } else {
    predict(complete);
  }
}

function predict(complete) {
  predictor.send({ file: () => pad.toFile(), frame: pad.frame, invert: pad.isImage ? 'auto' : 'false', complete });
}

function predicted(prediction, { complete, frame }) {
  if (pad.isEmpty) {
    return;
  }
  const { number, digits } = prediction;
  showPrediction(prediction);
  showDigits(digits, frame, digit => showTrace(digit, true));
  showTrace(digits[0], complete);
  if (complete) {
    announce(digits.length > 1 ? `${digits.length} digits: ${number}.` : describe(digits[0]));
  }
}

const describe = ({ digit, confidence, isDigit, trace }) =>
  `${digit}. ${verdict({ isDigit, confidence })}. ${trace ? describeChange(lastChange(trace)).join('') : ''}`;

function failed(error, { complete }) {
  const text = errorText(error);
  clearTrace();
  clearDigits();
  showMessage(text);
  if (complete) {
    announce(text);
  }
}

function errorText(error) {
  if (error instanceof Unreachable) {
    return 'The service is not responding. Your drawing is kept and is classified when the service is back.';
  }
  if (error instanceof Problem && error.status === 409) {
    return 'There is no model yet. Train one below: the fast preset takes about 15 seconds. Your drawing is kept.';
  }
  if (error instanceof Problem && error.status === 503) {
    return 'The service is busy. Trying again in a moment.';
  }
  return error.message;
}

drawWithPointer(pad);
drawWithKeyboard(pad);
acceptImages(image => pad.setImage(image), message => failed(new Error(message), { complete: true }));
byId('clear').addEventListener('click', () => pad.clear());
byId('undo').addEventListener('click', () => pad.undo());
byId('example').addEventListener('click', () => pad.setStrokes(nextExample()));
whenReconnected(predictAgain);
