"""scikit-learn: one MLPClassifier after the other, each arm and trial.

It takes hard labels only, so a mixed row gets the label that weighs more, which costs the same. There is no validation
after each epoch: the class does that only by stopping early.
"""

import warnings

import digits
from joblib import Parallel, delayed
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier


def fit(x, y, arm, trial):
    train_x, train_y, held_x, held_y = digits.trial_data(x, y, trial, arm)
    model = MLPClassifier(
        hidden_layer_sizes=(digits.HIDDEN,),
        solver="adam",
        alpha=0.0,
        batch_size=digits.BATCH,
        max_iter=digits.EPOCHS,
        # All epochs are done, however little the last ones bring.
        tol=0.0,
        n_iter_no_change=digits.EPOCHS + 1,
        random_state=trial,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(train_x, train_y.argmax(axis=1))
    assert model.n_iter_ == digits.EPOCHS, model.n_iter_
    return model.score(held_x, held_y.argmax(axis=1))


def train_arm(x, y, arm, trials, workers):
    if workers == 1:
        return [fit(x, y, arm, trial) for trial in range(trials)]
    return Parallel(n_jobs=workers)(delayed(fit)(x, y, arm, trial) for trial in range(trials))


if __name__ == "__main__":
    digits.main(train_arm, workers=1)
