const percentages = [0, 1, 2].map(digits => new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }));
const integers = new Intl.NumberFormat('en');
const dates = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const percent = (share, digits = 2) => percentages[digits].format(share);
export const number = value => integers.format(value);
export const dateTime = iso => dates.format(new Date(iso));

/** A model's confidence. Never rounded up to 100%. */
export const confidenceText = share => share > 0.999 ? 'over 99.9% confidence' : `${percent(share, 1)} confidence`;

/** What a prediction is worth. Confidences are calibrated, except those of models of earlier versions: of those of at least 95%, at most one of twenty is wrong. */
export function verdict({ isDigit, confidence }) {
  if (isDigit === false) {
    return 'This does not look like a digit';
  }
  const word = confidence >= 0.95 ? 'Sure' : confidence >= 0.6 ? 'Probably' : 'Cannot tell';
  return `${word}: ${confidenceText(confidence)}`;
}

export function duration(seconds) {
  if (seconds < 60) {
    return `${Math.max(1, Math.ceil(seconds))} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const networks = { lstm: 'LSTM', gru: 'GRU', rnn: 'RNN', fnn: 'Feed-forward' };

/** A short name of an architecture, such as "Bidirectional LSTM 2 × 128, 4 members". */
export function networkName(options) {
  const direction = options.bidirectional ? 'Bidirectional ' : '';
  const layers = options.layers > 1 ? `${options.layers} × ` : '';
  const members = options.members > 1 ? `, ${options.members} members` : '';
  return `${direction}${networks[options.network]} ${layers}${options.hiddenSize}${members}`;
}

/** The preset and length of a training job, such as "fast preset, 4 epochs". */
export function trainingName(options) {
  const images = options.trainingImages ? `, ${number(options.trainingImages)} images` : '';
  return `${options.preset} preset, ${options.epochs} ${options.epochs === 1 ? 'epoch' : 'epochs'}${images}`;
}

/** Display names of the training settings. */
export const settingNames = {
  preset: 'preset', network: 'network', hiddenSize: 'hidden size', layers: 'layers', bidirectional: 'bidirectional', reading: 'reading',
  members: 'members', epochs: 'epochs', batchSize: 'batch size', learningRate: 'learning rate', schedule: 'schedule', maxGradientNorm: 'maximum gradient norm',
  weightAveraging: 'weight averaging', augmentation: 'augmentation', unaugmentedEpochs: 'last epochs without augmentation', dropout: 'dropout', patience: 'patience', seed: 'seed',
  dataset: 'dataset', trainingImages: 'training images',
};
