"""The caption workbench: captions of a folder in memory, edited in a draft kept on disk, written only on Save."""
