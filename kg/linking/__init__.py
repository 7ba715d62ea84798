"""Entities of an article to items of Wikidata: right, or left unlinked."""
