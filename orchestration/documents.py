"""Documents and their proposals as assets, a partition a document: what is new or changed is read again, alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import dagster as dg

from bicentennial import settings
from bicentennial.settings import Home
from ingest.extract import Reference
from ingest.extract.assemble import document_id
from ingest.gone import forget_document
from ingest.proposal_files import read_state
from ingest.proposals import Proposal, document_files, fingerprint, is_current, propose
from ingest.reading import ReadingError
from ingest.reading.model import TextDocument
from ingest.register import Register
from ingest.unreadable import (
    UnreadableDocument,
    content_hash,
    describe_problem,
    forget_unreadable,
    note_unreadable,
    read_notes,
    shown_name,
)
from orchestration.partitions import GROUP, file_of, file_state, partition_key, partitions_of, update_partitions

PARTITIONS = dg.DynamicPartitionsDefinition(name="documents")
DOCUMENTS_KEY = dg.AssetKey([GROUP, "documents"])
PROPOSALS_KEY = dg.AssetKey([GROUP, "proposals"])

SPECS = [
    dg.AssetSpec(
        DOCUMENTS_KEY,
        description="A document of the folder that BICENTENNIAL_DOCUMENTS names, as read.",
        group_name=GROUP,
        kinds={"text"},
        skippable=True,
    ),
    dg.AssetSpec(
        PROPOSALS_KEY,
        deps=[DOCUMENTS_KEY],
        description="The claims proposed for a document, as files for review; nothing of them is in a fact.",
        group_name=GROUP,
        kinds={"csv"},
        skippable=True,
    ),
]


@dataclass(frozen=True)
class DocumentsFolder:
    """The folder of documents with all that decides whether one of them has to be read."""

    folder: Path
    home: Home
    seeds: Path

    @classmethod
    def named(cls) -> "DocumentsFolder | None":
        """The folder that the environment names, if it is there."""
        folder = settings.documents()
        return cls(folder, settings.home(), settings.seeds()) if folder and folder.is_dir() else None

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """Documents by partition."""
        return {partition_key(path): path for path in document_files([self.folder])}

    @cached_property
    def reference(self) -> Reference:
        return Reference.load(self.seeds)

    @cached_property
    def register(self) -> Register:
        return Register.load(self.seeds)

    @cached_property
    def rules(self) -> str:
        """A hash of what reading depends on beside the documents: rules and register."""
        register = (self.seeds / "documents.csv").read_bytes()
        return sha256(fingerprint(self.reference).encode() + register).hexdigest()

    @cached_property
    def decisions(self) -> str:
        """A hash of what else is in the files of proposals: the decisions of claims.csv."""
        return sha256((self.seeds / "claims.csv").read_bytes()).hexdigest()

    @cached_property
    def _keys_by_id(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, path in self.files.items():
            found.setdefault(self.id_of(path), []).append(key)
        return found

    def id_of(self, path: Path, digest: str = "") -> str:
        """The id that a document has, or would have, by its content and its name."""
        return document_id(TextDocument(path.name, digest, "", ()), self.reference)

    def circumstances(self, path: Path) -> str:
        """A hash of all that may keep a document from being read beside its content.

        Rules, files of the same id, and its file of proposals, which somebody may have broken by hand.
        """
        key = self.id_of(path)
        proposals = file_state(self.home.proposals / f"{key}.csv")
        return sha256("\n".join([self.rules, proposals, *self._keys_by_id.get(key, [])]).encode()).hexdigest()

    @cached_property
    def unreadable(self) -> Mapping[str, UnreadableDocument]:
        """Notes on documents that could not be read, by their names."""
        return {note.file_name: note for note in read_notes(self.home.proposals).values()}

    def due(self, instance: dg.DagsterInstance) -> list[str]:
        """The partitions whose document is new, changed, or read by other rules."""
        seen = instance.get_materialized_partitions(PROPOSALS_KEY)
        return [key for key, path in self.files.items() if self.is_due(path, is_seen=key in seen)]

    def list_unreadable(self) -> list[str]:
        """The documents that cannot be read as they are now, each with the reason and the remedy."""
        notes = {note.file_name: note for note in read_notes(self.home.proposals).values()}
        names = sorted(shown_name(path) for path in self.files.values())
        return [f"{name}: {notes[name].problem}" for name in names if name in notes]

    def is_due(self, path: Path, is_seen: bool) -> bool:
        """Whether reading a document may give what is not there yet; one that Dagster never saw is read once."""
        if is_current(path, self.reference, self.home.proposals, self.register):
            return not is_seen
        note = self.unreadable.get(shown_name(path))
        digest = content_hash(path) if note else None
        return note is None or digest is None or (note.sha256, note.circumstances) != (digest, self.circumstances(path))


@dg.multi_asset(
    name="read_documents", specs=SPECS, partitions_def=PARTITIONS, backfill_policy=dg.BackfillPolicy.single_run()
)
def read_and_propose(context: dg.AssetExecutionContext) -> Iterator[dg.AssetMaterialization]:
    """Read documents and propose their claims. One that fails leaves its partition failed, and the others go on.

    One run may be of many partitions, 10 documents costing a fifth of what 10 runs do. So each document that was read
    is an event of its own; Dagster's outputs would stand for the whole range, also for what cannot be read.
    """
    documents = DocumentsFolder.named()
    if documents is None:
        raise dg.Failure("BICENTENNIAL_DOCUMENTS names no folder", allow_retries=False)
    failures = []
    for key in context.partition_keys:
        path = file_of(documents.folder, key)
        try:
            _check_name(path)
            proposal = propose(path, documents.reference, documents.home.proposals, documents.register)
        except ReadingError as error:
            failures.append(_note(documents, path, describe_problem(error)))
        except Exception as error:  # a fault of the rules, met by this document: no reason to lose the others
            context.log.exception(f"reading {path} failed")
            failures.append(_note(documents, path, f"reading failed ({type(error).__name__}: {error}). Report it"))
        else:
            forget_unreadable(documents.home.proposals, shown_name(path))
            yield from _materializations(key, path, proposal)
    if failures:
        raise dg.Failure("\n".join(failures), allow_retries=False)


def _check_name(path: Path) -> None:
    """Refuse a name that no table can hold."""
    if shown_name(path) != path.name:
        raise ReadingError(path, "its name is not UTF-8", "Rename the file")


def _note(documents: DocumentsFolder, path: Path, problem: str) -> str:
    digest = content_hash(path)
    key = documents.id_of(path, digest or "")
    note = UnreadableDocument(key, shown_name(path), digest, problem, documents.circumstances(path))
    note_unreadable(documents.home.proposals, note)
    return f"{shown_name(path)}: {problem}"


def _materializations(key: str, path: Path, proposal: Proposal) -> Iterator[dg.AssetMaterialization]:
    state = read_state(proposal.path.parent, proposal.document_id)
    assert state is not None  # it was just written
    proposed = {str(found["name"]): str(found["value"]) for found in reversed(state.metadata)}
    yield dg.AssetMaterialization(
        DOCUMENTS_KEY,
        partition=key,
        metadata={
            "document_id": proposal.document_id,
            "path": dg.MetadataValue.path(str(path)),
            "sha256": proposal.sha256,
            "characters": state.char_count,
            "proposed_title": proposed.get("title", "none found"),
            "proposed_date": proposed.get("published_on", "none found"),
        },
    )
    yield dg.AssetMaterialization(
        PROPOSALS_KEY,
        partition=key,
        metadata={
            "path": dg.MetadataValue.path(str(proposal.path)),
            "claims": proposal.claim_count,
            "kept_as_changed_by_a_person": proposal.kept_count,
            "not_understood": proposal.not_understood_count,
            "no_claim": proposal.no_claim_count,
        },
    )


documents_job = dg.define_asset_job(
    "documents",
    selection=dg.AssetSelection.assets(DOCUMENTS_KEY, PROPOSALS_KEY),
    description="Read documents and propose their claims: the partitions that are chosen, and no other.",
)


def forget_gone(documents: DocumentsFolder, keys: Sequence[str]) -> list[Path]:
    """Remove what is left of documents that are gone; return the files of proposals that a person has worked on."""
    return [
        kept
        for key in keys
        for kept in forget_document(documents.home.proposals, shown_name(file_of(documents.folder, key)))
    ]


def keep_partitions(instance: dg.DagsterInstance, documents: DocumentsFolder) -> Sequence[str]:
    """Make the partitions of an instance those of the folder; return them in the instance's order."""
    forget_gone(documents, update_partitions(instance, PARTITIONS, documents.files))
    return partitions_of(instance, PARTITIONS)
