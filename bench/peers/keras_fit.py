"""Keras on TensorFlow: `model.fit` with validation data, as in the article, a new model for each arm and trial."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import digits
import keras


def fit(x, y, arm, trial):
    train_x, train_y, held_x, held_y = digits.trial_data(x, y, trial, arm)
    # What earlier models left behind would slow the later ones down.
    keras.backend.clear_session()
    keras.utils.set_random_seed(trial)
    model = keras.Sequential(
        [
            keras.Input((digits.INPUTS,)),
            keras.layers.Dense(digits.HIDDEN, activation="relu"),
            keras.layers.Dense(digits.CLASSES, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        train_x,
        train_y,
        batch_size=digits.BATCH,
        epochs=digits.EPOCHS,
        validation_data=(held_x, held_y),
        verbose=0,
    )
    return history.history["val_accuracy"][-1]


def train_arm(x, y, arm, trials):
    return [fit(x, y, arm, trial) for trial in range(trials)]


if __name__ == "__main__":
    digits.main(train_arm)
