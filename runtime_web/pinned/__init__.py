"""What people pin to their home page, whatever it is; above reports and lists, and imported by pages."""
