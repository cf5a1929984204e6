"""What questions are asked with: GraphQL inputs, and the documents that they stand for.

An input is turned into the document that the catalog's files and stories would write, and read
by the entity that reads those. So there is one set of rules, and one set of messages.

Owns: names, descriptions, and the way from an input to its document and back to its place.
Does not own: what is allowed in a document.
"""
