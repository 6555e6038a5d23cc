"""What the front door says. The command line has a catalogue, but it cannot be read before `.venv` exists."""

import os
import sys

MESSAGES = {
    "fr": {
        "wait": "Une autre installation est en cours dans ce dossier ; j’attends qu’elle finisse…",
        "apt": "J’installe avec apt ce qui manque au système : {packages}…",
        "make": "Première utilisation : je prépare l’environnement (.venv), une minute environ…",
        "run": "J’installe les bibliothèques du programme…",
        "dev": "J’installe les outils de vérification…",
        "ready": "Environnement prêt en {seconds:.0f} s.",
        "missing": "Il manque à ce système : {missing}.\nPour l’installer "
        "(ou demandez-le à qui administre cet ordinateur) :\n\n    {command}\n\n"
        "Ensuite, relancez la commande.",
        "venv-failed": "L’environnement .venv n’a pas pu être créé. Voici ce que dit Python :\n\n{tail}",
        "pip-failed": "Les bibliothèques n’ont pas pu être installées. "
        "La connexion à internet marche-t-elle ?\nVoici la fin de ce que dit pip :\n\n{tail}",
        "disk": "L’environnement (.venv) n’a pas pu être préparé : {error}",
        "renamed": "Le dossier .venv n’a pas été fait par ce programme : je le garde sous le nom {name}.",
        "passed": "réussi",
        "failed": "ÉCHEC",
    },
    "en": {
        "wait": "Another set-up is running in this folder; waiting for it to finish…",
        "apt": "Installing with apt what this system lacks: {packages}…",
        "make": "First use: preparing the environment (.venv), about a minute…",
        "run": "Installing the libraries of the program…",
        "dev": "Installing the tools that check it…",
        "ready": "Environment ready in {seconds:.0f} s.",
        "missing": "This system lacks: {missing}.\nTo install it "
        "(or ask whoever administers this computer):\n\n    {command}\n\n"
        "Then run the command again.",
        "venv-failed": "The environment .venv could not be made. This is what Python says:\n\n{tail}",
        "pip-failed": "The libraries could not be installed. Does the internet connection work?\n"
        "This is the end of what pip says:\n\n{tail}",
        "disk": "The environment (.venv) could not be prepared: {error}",
        "renamed": "The folder .venv was not made by this program: it is kept as {name}.",
        "passed": "passed",
        "failed": "FAILED",
    },
}


def text(key: str, **values: object) -> str:
    """Return a message in the language of OXALIS_PANELS_LANG, French by default."""
    language = os.environ.get("OXALIS_PANELS_LANG", "")
    return MESSAGES.get(language, MESSAGES["fr"])[key].format(**values)


def say(line: str) -> None:
    """Tell the person at the terminal; standard output belongs to the command."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
